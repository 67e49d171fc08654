namespace ClientConnect.Architecture.Tests.Planted.Inbox;

/// <summary>Planted: nobody may use this.</summary>
public sealed class Tray;

/// <summary>Planted: nobody may use this either.</summary>
public sealed class Paper;
