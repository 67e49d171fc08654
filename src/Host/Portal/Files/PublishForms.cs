using System.Globalization;
using ClientConnect.Host.Portal.Kit;
using ClientConnect.Host.Portal.Texts;
using ClientConnect.Workflows.Access;
using ClientConnect.Workflows.Files;
using ClientConnect.Workflows.Kernel;

namespace ClientConnect.Host.Portal.Files;

/// <summary>The form that publishes a file: to whom, of which kind, for how long.</summary>
internal sealed class PublishForms(IDownloadFolders folders, FirmDirectory directory)
{
    // What stands between an eService and a type, or between a clearing house and a membership, in the value of an option.
    private const char Between = '/';

    public async Task<PublishView> OfAsync(Viewer viewer, IFormCollection? typed, IReadOnlyList<FieldFault> faults, CancellationToken ct)
    {
        var all = folders.All();
        var several = all.Count > 1;
        var types = all.SelectMany(f => f.Types.Select(t => new OptionView($"{f.EService}{Between}{t.Key}", several ? PortalCalls.Texts(l => $"{f.Name.In(l)}: {t.Value.In(l)}") : t.Value))).ToList();
        var keep = all.Select(f => f.KeepDays).DefaultIfEmpty(0).First();
        var hint = PortalCalls.Texts(l => Words.Of(all.All(f => f.IsVerified) ? "publications.keep-hint" : "publications.keep-unverified", l, ("n", keep.ToString(CultureInfo.InvariantCulture))));
        return new PublishView(
        [
            new FieldView("type", FieldKind.Choice, Words.Text("publications.type")) { Options = types, Value = typed?["type"], Fault = At("type") ?? At("eService") },
            new FieldView("to", FieldKind.Choice, Words.Text("publications.to")) { Options = await AudiencesAsync(viewer, all, ct), Value = typed?["to"], Fault = At("to") },
            new FieldView("keepDays", FieldKind.Integer, Words.Text("publications.keep-days"))
            {
                Hint = hint, IsOptional = true, Unit = Words.Text("publications.days"), Value = typed?["keepDays"], Fault = At("keepDays"),
            },
        ], faults);

        FieldFault? At(string path) => faults.FirstOrDefault(f => f.Path == path);
    }

    /// <summary>What was asked for, without the file; null where it can't be read.</summary>
    public static (FileToPublish? Asked, IReadOnlyList<FieldFault> Faults) Read(IFormCollection form)
    {
        var faults = new List<FieldFault>();
        var type = form["type"].ToString().Split(Between, 2);
        var to = form["to"].ToString().Split(Between, 2);
        if (type is not [_, { Length: > 0 }]) faults.Add(new FieldFault("type", "required-choice"));
        if (!Enum.TryParse<ClearingHouse>(to[0], ignoreCase: true, out var house) || int.TryParse(to[0], out _)) faults.Add(new FieldFault("to", "required-choice"));
        int? days = null;
        if (form["keepDays"].ToString().Trim() is { Length: > 0 } said)
        {
            if (int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var n)) days = n;
            else faults.Add(new FieldFault("keepDays", "not-whole"));
        }

        return faults.Count > 0 ? (null, faults) : (new FileToPublish(type[0], type[1], house, to is [_, { Length: > 0 } one] ? new MembershipId(one) : null, days, "", Stream.Null), faults);
    }

    private async Task<IReadOnlyList<OptionView>> AudiencesAsync(Viewer viewer, IReadOnlyList<DownloadFolder> all, CancellationToken ct)
    {
        var houses = all.SelectMany(f => f.ClearingHouses).Distinct().Order().ToList();
        var firms = await directory.FirmsAsync(viewer, ct);
        return
        [
            .. houses.Select(h => new OptionView(h.ToString().ToUpperInvariant(), DownloadPages.AllOf(h))),
            .. from firm in firms
               from membership in firm.Memberships
               where houses.Contains(membership.ClearingHouse) && all.Any(f => folders.IsFor(f.EService, membership))
               orderby membership.ClearingHouse, membership.ParticipantId
               select new OptionView($"{membership.ClearingHouse.ToString().ToUpperInvariant()}{Between}{membership.Id}", PortalCalls.Texts(l => $"{DownloadPages.NameOf(membership)} {firm.Name.In(l)}")),
        ];
    }
}
