using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClientConnect.Browser.Tests.Testing;

/// <summary>
/// Elsa Studio's canvas, worked with the mouse alone as a person does: it is pushed along at a blank place, an activity is dragged onto
/// it, a connection is drawn from port to port and taken away by the button that shows where one points at it.
/// </summary>
internal sealed class StudioCanvas(Tab tab)
{
    // It is a whole runtime that begins, on a machine that tests something else beside.
    private const int Boot = 90_000;

    // How far the canvas is pushed in one go: the mouse stays within it.
    private const float Reach = 300;

    private const string WhereOnScreen = """
        ([x, y]) => { const m = document.querySelector('.x6-graph-svg-viewport').getScreenCTM(); return [m.a * x + m.e, m.d * y + m.f]; }
        """;

    // The blank place that is nearest to the middle.
    private const string BlankPlace = """
        () => {
          const canvas = document.querySelector('.x6-graph').getBoundingClientRect();
          const blank = (x, y) => { const at = document.elementFromPoint(x, y); return at?.closest('.x6-graph') && !at.closest('.x6-cell, .x6-cell-tool, [class*=x6-widget]'); };
          const places = [];
          for (let x = canvas.left + 40; x < canvas.right - 40; x += 24)
            for (let y = canvas.top + 40; y < canvas.bottom - 40; y += 24)
              if ([-8, 0, 8].every(d => blank(x + d, y) && blank(x, y + d))) places.push([x, y]);
          const far = ([x, y]) => Math.hypot(x - (canvas.left + canvas.right) / 2, y - (canvas.top + canvas.bottom) / 2);
          return places.sort((a, b) => far(a) - far(b))[0];
        }
        """;

    // A place on the connection that begins at this port, and the one where the button shows that takes it away.
    private const string OnConnection = """
        ([x, y, part]) => {
          for (const line of document.querySelectorAll('.x6-edge path[cursor]')) {
            const at = (length) => line.getPointAtLength(length).matrixTransform(line.getScreenCTM());
            const [begin, on, button] = [at(0), at(line.getTotalLength() * part), at(20)];
            if (Math.hypot(begin.x - x, begin.y - y) < 6) return [on.x, on.y, button.x, button.y];
          }
          return null;
        }
        """;

    private const string IsRemoving = "([x, y]) => !!document.elementFromPoint(x, y)?.closest('[data-tool-name=button-remove]')";

    // The button comes and goes while the canvas is drawn anew: whoever misses it points at another place of the connection.
    private static readonly double[] Parts = [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.55, 0.45, 0.65, 0.35];

    private IPage Page => tab.Page;

    private ILocator Connections => Page.Locator(".x6-edge");

    public Task IsDrawn() => Expect(Page.Locator(".x6-node").First).ToBeVisibleAsync(new() { Timeout = Boot });

    /// <summary>Pushes the canvas until that place of the drawing is at its upper left.</summary>
    public async Task Brings(float x, float y)
    {
        var canvas = (await Page.Locator(".x6-graph").First.BoundingBoxAsync())!;
        for (var push = 0; push < 20; push++)
        {
            var at = await OnScreen(x, y);
            var (right, down) = (canvas.X + 20 - at.X, canvas.Y + 20 - at.Y);
            if (Math.Abs(right) < 2 && Math.Abs(down) < 2) return;
            var from = await Blank();
            await Drags(from, (from.X + Math.Clamp(right, -Reach, Reach), from.Y + Math.Clamp(down, -Reach, Reach)));
        }

        Assert.Fail($"The canvas could not be pushed to {x}, {y}.");
    }

    /// <summary>Drags an activity from the palette to that place of the drawing and names it; gives the step's id.</summary>
    public async Task<string> Drops(string category, string activity, float x, float y, string name)
    {
        await Page.GetByText(category, new() { Exact = true }).ClickAsync();
        var known = await Page.Locator(".x6-node").EvaluateAllAsync<string[]>("steps => steps.map(s => s.dataset.cellId)");
        await Page.Locator("[draggable=true]", new() { HasText = activity }).HoverAsync();
        var to = await OnScreen(x, y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 8 });
        await Page.Mouse.UpAsync();
        await Expect(Page.Locator(".x6-node")).ToHaveCountAsync(known.Length + 1);
        var id = (await Page.Locator(".x6-node").EvaluateAllAsync<string[]>("steps => steps.map(s => s.dataset.cellId)")).Except(known).Single();
        await Page.GetByText("Common", new() { Exact = true }).ClickAsync();
        await Page.GetByLabel("Display text").FillAsync(name);
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Step(id).Locator(".activity-label")).ToHaveTextAsync(name);
        await LetsGo();
        return id;
    }

    /// <summary>Draws a connection from a port of one step to another step.</summary>
    public async Task Connects(string from, string port, string to)
    {
        var known = await Connections.CountAsync();
        await Drags(await Port(from, port), await Port(to, "In"));
        await Expect(Connections).ToHaveCountAsync(known + 1);
    }

    /// <summary>Takes away the connection that begins at that port.</summary>
    public async Task Disconnects(string from, string port)
    {
        var known = await Connections.CountAsync();
        var begin = await Port(from, port);
        foreach (var part in Parts)
        {
            var place = await Page.EvaluateAsync<double[]?>(OnConnection, new[] { begin.X, begin.Y, part });
            Assert.True(place is not null, $"Nothing leaves {from} by '{port}'.");
            await Page.Mouse.MoveAsync((float)place[0] - 3, (float)place[1] - 3);
            await Page.Mouse.MoveAsync((float)place[0], (float)place[1]);
            await Page.Mouse.MoveAsync((float)place[2], (float)place[3]);
            if (!await Page.EvaluateAsync<bool>(IsRemoving, new[] { place[2], place[3] })) continue;
            await Page.Mouse.DownAsync();
            await Page.Mouse.UpAsync();
            break;
        }

        await Expect(Connections).ToHaveCountAsync(known - 1);
    }

    private ILocator Step(string id) => Page.Locator($".x6-node[data-cell-id=\"{id}\"]");

    // The frame around what is chosen lies over its ports.
    private async Task LetsGo()
    {
        var (x, y) = await Blank();
        await Page.Mouse.ClickAsync(x, y);
        await Expect(Page.Locator(".x6-widget-selection-box")).ToHaveCountAsync(0);
    }

    private async Task<(float X, float Y)> Port(string step, string port)
    {
        var box = (await Step(step).Locator($"[port=\"{port}\"]").BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    private async Task<(float X, float Y)> OnScreen(float x, float y) => Pair(await Page.EvaluateAsync<double[]>(WhereOnScreen, new double[] { x, y }));

    private async Task<(float X, float Y)> Blank() => Pair(await Page.EvaluateAsync<double[]>(BlankPlace));

    private static (float X, float Y) Pair(double[] numbers) => ((float)numbers[0], (float)numbers[1]);

    private async Task Drags((float X, float Y) from, (float X, float Y) to)
    {
        await Page.Mouse.MoveAsync(from.X, from.Y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 8 });
        await Page.Mouse.UpAsync();
    }
}
