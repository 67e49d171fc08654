using ClientConnect.Workflows.Inbox;

namespace ClientConnect.Workflows.Tests.Inbox;

public sealed class BesideTasksTests
{
    [Theory]
    [InlineData("Circular", "Circular to the market", "Circular to the market")]
    [InlineData("Follow-up", "Bank mandates", "Follow-up: Bank mandates")]
    public void A_task_beside_the_request_says_its_step_once(string step, string item, string title) => Assert.Equal(title, BesideTasks.TitleOf(step, item));
}
