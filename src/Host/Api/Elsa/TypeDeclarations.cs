using System.Text;
using ClientConnect.Workflows.EServices;

namespace ClientConnect.Host.Api.Elsa;

/// <summary>All that an expression of an eService's flow may know, as TypeScript declares it: the editor completes the request's answers by it.</summary>
internal static class TypeDeclarations
{
    private const string Known =
        """
          /** Business time, Hong Kong, ISO text. */
          now: string; today: string; timeOfDay: string;
          request: { number: string; revision: number; isLate: boolean };
          header: { firm: string; participantId: string };
          membership: { participantId: string; clearingHouse: string; kind: string; isChinaConnect: boolean };
        """;

    private const string Deadline = "{ dueAt: string; lateAt: string | null; latestSafeAt: string; startBy: string }";

    public static string Of(EServiceBundle bundle)
    {
        var (form, service) = (bundle.Form, bundle.Service);
        var granted = Members(form.Decision?.Fields ?? []);
        var line = $"{{ line: number; outcome: string | null; reason: string | null; {Members([.. form.LineColumns.Where(c => c.Name is not ("line" or "outcome" or "reason" or "decision"))])} decision: {{ {granted} }} | null }}";
        var text = new StringBuilder();
        text.Append("interface Line ").Append(line).Append('\n');
        text.Append("declare const facts: {\n").Append(Known).Append('\n');
        text.Append("  answers: { ").Append(Members(form.Fields)).Append(" };\n");
        text.Append("  lines: { asked: number; approved: number; rejected: number; returned: number; latest: { [name: string]: string | null }; items: Line[] };\n");
        text.Append("  parts: { [part: string]: string[] };\n");
        text.Append("  deadlines: { ").AppendJoin(' ', service.Deadlines.Select(d => d.Name).Distinct(StringComparer.Ordinal).Select(name => $"{name}?: {Deadline};")).Append(" };\n");
        text.Append("  register: { ").AppendJoin(' ', service.Register.Select(r => $"{r.Name}: {{ [key: string]: any }};")).Append(" };\n");
        text.Append("  settings: { ").AppendJoin(' ', service.Settings.Keys.Select(name => $"{name}: any;")).Append(" };\n};\n");
        text.Append("/** Within a step that works through the approved lines. */\ndeclare const line: Line;\n");
        text.Append("declare function getInput(name: string): any;\ndeclare function getVariable(name: string): any;\n");
        return text.ToString();
    }

    private static string Members(IReadOnlyList<FormField> fields) => string.Join(' ', fields.Select(f => $"/** {f.Label.En.Replace("*/", "", StringComparison.Ordinal)} */ {f.Name}: {Type(f)} | null;"));

    private static string Type(FormField field) => field.Type switch
    {
        FieldType.Integer or FieldType.Money or FieldType.Decimal => "number",
        FieldType.YesNo or FieldType.Declaration => "boolean",
        FieldType.Choices or FieldType.Files => "string[]",
        FieldType.Lines => "Line[]",
        FieldType.Words or FieldType.Entry or FieldType.Questions => "any",
        _ => "string",
    };
}
