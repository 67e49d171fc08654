using ClientConnect.Host.Api;
using ClientConnect.Host.Composition;
using ClientConnect.Host.Dev;
using ClientConnect.Host.Portal;

var verb = Verbs.In(args);
if (verb is FlowVerb flow) return flow.Run();

var builder = WebApplication.CreateBuilder(args);
builder.AddLogs();
builder.AddTransportSecurity();
builder.AddDatabase();
builder.AddModules();
builder.AddClock();
builder.AddRegister();
builder.AddSessions();
builder.AddMail();
builder.AddJobs();
builder.AddApi();
builder.AddPortal();
builder.AddDevelopment();
builder.AddPreparation();

var app = builder.Build();
if (verb is not null) return await verb.RunAsync(app);

app.UseTransportSecurity();
app.UseSecurityHeaders();
app.UseTrouble();
app.UseReadiness();
app.UseSessions();
app.MapHealth();
app.MapStaticAssets().AllowAnonymous();
app.MapPortal();
app.MapApi();
app.MapJobs();
app.MapDevelopment();
app.RefuseUndeclaredEndpoints();
await app.RunAsync();
return 0;
