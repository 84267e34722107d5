namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>A feature that can be turned on and off by itself.</summary>
/// <param name="Name">What it is called in the tests.</param>
/// <param name="On">The settings that turn it on, together with what it needs.</param>
/// <param name="Off">The settings that turn it off, together with what needs it.</param>
/// <param name="Own">What the addresses of its resources begin with.</param>
/// <param name="Changed">Resources of others that it changes in place.</param>
internal sealed record Feature(
    string Name,
    IReadOnlyDictionary<string, string> On,
    IReadOnlyDictionary<string, string> Off,
    string[] Own,
    params string[] Changed)
{
    private const string Yes = "true";
    private const string No = "false";
    private const string Task = "module.compute.aws_ecs_task_definition.gateway";

    private static readonly string[] s_ofBooking =
        ["module.cost_attribution[0].", Alarm("LinesRefused"), Alarm("PostingsLeftOpen"), Alarm("UnpricedRequests")];

    private static readonly string[] s_ofTasks = ["module.compute.aws_ecs_service.gateway", "module.compute.aws_iam_role_policy."];

    /// <summary>The gateway's configuration changes with it: a new revision of its task, which ECS rolls out.</summary>
    public bool HasNewTask { get; init; }

    /// <summary>Other features' own that go and come with it.</summary>
    public string[] With { get; init; } = [];

    /// <summary>The emulator can't carry it: it is planned, not applied.</summary>
    public bool IsOnlyPlanned { get; init; }

    /// <summary>Where everything else is off it can't be: then nothing would end a hold.</summary>
    public bool StaysOn { get; init; }

    public static IReadOnlyList<Feature> All { get; } =
    [
        new("jwt", Set("enable_jwt", Yes), Set("enable_jwt", No), [], "module.auth.aws_lb_listener.https[0]"),
        new("waf", Set("enable_waf", Yes), Set("enable_waf", No),
            ["module.networking.aws_wafv2_", "module.networking.aws_cloudwatch_log_group.waf["]),
        new("cost_attribution", Set("enable_cost_attribution", Yes), Set("enable_cost_attribution", No, "enable_alerts", No, "alert_emails", "[]"),
            s_ofBooking, "module.observability.aws_cloudwatch_dashboard.this[0]") { With = ["module.alerts[0]."] },
        new("alerts", Set("enable_cost_attribution", Yes, "enable_alerts", Yes, "alert_emails", "[\"finops@example.com\"]"),
            Set("enable_alerts", No, "alert_emails", "[]"), ["module.alerts[0]."])
        {
            With = s_ofBooking,
        },
        new("sweep", Set("enable_sweep", Yes), Set("enable_sweep", No), ["module.sweep[0]."], "module.observability.aws_cloudwatch_dashboard.this[0]")
        {
            StaysOn = true,
        },
        new("tracing", Set("enable_tracing", Yes), Set("enable_tracing", No), [], s_ofTasks) { HasNewTask = true },
        new("dashboard", Set("enable_dashboard", Yes), Set("enable_dashboard", No),
            ["module.observability.aws_cloudwatch_dashboard.", "module.observability.aws_cloudwatch_query_definition."]),
        new("interface_endpoints", Set("enable_interface_endpoints", Yes), Set("enable_interface_endpoints", No),
            [
                "module.networking.aws_vpc_endpoint.interface[", "module.networking.aws_security_group.endpoints[",
                "module.networking.aws_vpc_security_group_ingress_rule.endpoints[",
            ]),
        new("nat_per_zone", Set("nat_per_zone", Yes), Set("nat_per_zone", No),
            ["module.networking.aws_eip.nat[\"1\"]", "module.networking.aws_nat_gateway.this[\"1\"]"],
            "module.networking.aws_route.nat[\"1\"]"),
        new("providers", Set("providers_enabled", "{ anthropic = true, openai = true, embeddings = true }"), Set("providers_enabled", "{}"),
            ["module.compute.aws_secretsmanager_secret.provider[", "module.compute.aws_secretsmanager_secret_version.placeholder["],
            s_ofTasks) { HasNewTask = true },
        new("client", Set("client_configs", "{ batch = { allowed_scopes = [\"invoke\"], description = \"Nightly batch\", team = \"search\" } }"),
            Set("client_configs", "{}"), ["module.clients."]),
        new("guardrails", Set("enable_guardrails", Yes), Set("enable_guardrails", No), ["module.guardrails[0]."], s_ofTasks)
        {
            HasNewTask = true, IsOnlyPlanned = true,
        },
        new("guardrails_enforce", Set("enable_guardrails", Yes, "guardrails_enforce", Yes), Set("guardrails_enforce", No), [], s_ofTasks)
        {
            HasNewTask = true, IsOnlyPlanned = true, With = ["module.guardrails[0]."],
        },
    ];

    /// <summary>Whether the resource is one of the feature's, or of those that go and come with it.</summary>
    public bool Owns(string address) => Own.Concat(With).Any(own => address.StartsWith(own, StringComparison.Ordinal));

    public bool MayChange(string address) => Owns(address) || Changed.Any(other => address.StartsWith(other, StringComparison.Ordinal));

    public bool MayReplace(string address) => HasNewTask && address == Task;

    public override string ToString() => Name;

    private static string Alarm(string metric) => $"module.observability.aws_cloudwatch_metric_alarm.function[\"{metric}\"]";

    private static Dictionary<string, string> Set(params string[] names) =>
        names.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
