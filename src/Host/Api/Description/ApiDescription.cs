using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClientConnect.Workflows.Requests;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClientConnect.Host.Api;

/// <summary>
/// <c>/openapi/v1.json</c>: what a program must know that has never seen the code. The tests' client holds every answer against it.
/// </summary>
internal static class ApiDescription
{
    private static readonly HashSet<string> OpenBodies = [.. typeof(ApiDescription).Assembly.GetTypes().Where(t => t.IsDefined(typeof(TakesFormFieldsAttribute))).Select(t => t.Name)];

    public static void AddApiDescription(this IServiceCollection services)
    {
        // A number is a number: what is read as text too would be described as both.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(api => api
            .AddSchemaTransformer((schema, context, _) => Optional(schema, context))
            .AddOperationTransformer((operation, context, _) => Headers(operation, context))
            .AddOperationTransformer((operation, context, _) => Query(operation, context))
            .AddDocumentTransformer((document, _, _) => Closed(document))
            .AddDocumentTransformer((document, _, _) => Titled(document)));
    }

    private static Task Titled(OpenApiDocument document)
    {
        document.Info.Title = "Client Connect";
        document.Info.Description = "Requests to the clearing house, from the draft to the outcome. Times are Hong Kong's. Sign in as in a browser: the session's cookie goes with each call. "
            + "A refusal says in code what is wrong, for programs, and in title and detail what to do, for people. 500 is described nowhere: it is our fault, and carries a reference.";
        return Task.CompletedTask;
    }

    // A member that may be null may be missing: callers leave it out, and so do answers that say nothing of it.
    private static Task Optional(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        foreach (var member in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable || p.IsSetNullable))
        {
            schema.Required?.Remove(member.Name);
        }

        // Some refusals say more, each in its own words.
        if (context.JsonTypeInfo.Type == typeof(ProblemModel)) schema.AdditionalProperties ??= new OpenApiSchema();
        return Task.CompletedTask;
    }

    private static Task Headers(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        if (context.Description.HttpMethod != HttpMethod.Get.Method)
        {
            operation.Parameters.Add(Header("Idempotency-Key", "Your own name for this call, at most 200 characters. Sent again with the same content, it is answered as the first time and done once.", OperationKey.MaxLength));
        }

        if (metadata.OfType<RestsOnVersion>().LastOrDefault() is { } version)
        {
            operation.Parameters.Add(Header("If-Match", "The version that you saw, as ETag said it. Where it is another by now, nothing is done (412).", null, version.IsRequired));
        }

        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (status == "503") Say(answer, "Retry-After", "Seconds after which to try again.", JsonSchemaType.Integer);
            if (status[0] == '2' && metadata.OfType<AnswersVersion>().Any()) Say(answer, "ETag", "The request's version, for If-Match.", JsonSchemaType.String);
        }

        return Task.CompletedTask;
    }

    private static Task Query(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var asked in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>())
        {
            operation.Parameters ??= [];
            if (operation.Parameters.FirstOrDefault(p => p.Name == asked.Name) is { } bound) operation.Parameters.Remove(bound);
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = asked.Name,
                In = ParameterLocation.Query,
                Description = asked.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = asked.Options is null ? null : [.. asked.Options.Select(o => (JsonNode)o)] },
            });
        }

        return Task.CompletedTask;
    }

    // What a body says beyond its members is refused, not ignored (decision 0008).
    private static Task Closed(OpenApiDocument document)
    {
        var ahead = new Queue<IOpenApiSchema>(document.Paths.Values.SelectMany(p => p.Operations ?? []).SelectMany(o => o.Value.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            .Where(c => c.Key == "application/json").Select(c => c.Value.Schema).OfType<IOpenApiSchema>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (ahead.TryDequeue(out var schema))
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } name })
            {
                if (!seen.Add(name) || document.Components?.Schemas is not { } schemas || !schemas.TryGetValue(name, out var found) || found is not OpenApiSchema { Properties.Count: > 0 } named) continue;
                named.AdditionalPropertiesAllowed = OpenBodies.Contains(name);
                schema = named;
            }

            foreach (var inner in Inner(schema)) ahead.Enqueue(inner);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<IOpenApiSchema> Inner(IOpenApiSchema schema) =>
        (schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Concat(schema.Properties?.Values ?? []).Concat(schema.Items is { } item ? [item] : []);

    private static OpenApiParameter Header(string name, string description, int? maxLength, bool isRequired = false) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = isRequired,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = maxLength },
    };

    private static void Say(IOpenApiResponse answer, string name, string description, JsonSchemaType type)
    {
        if (answer is not OpenApiResponse response) return;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } };
    }
}

/// <summary>A yes says the request's version (<c>ETag</c>).</summary>
internal sealed record AnswersVersion;
