/// <summary>Public so that the test host can start it; a table of contents otherwise.</summary>
public partial class Program;
