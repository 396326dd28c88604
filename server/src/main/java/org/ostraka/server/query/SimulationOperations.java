package org.ostraka.server.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ostraka.engine.iam.Iam;
import org.ostraka.engine.iam.Simulation;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;
import org.ostraka.server.query.QueryOperation.Answer;

/**
 * IAM's simulations: what policies would decide about requests. Every action is simulated with
 * every resource. Any thread.
 */
final class SimulationOperations {
  private static final int MAX_POLICY = 131_072;
  private static final int MAX_LISTED = 1_000;
  private static final String INPUT = "PolicyInputList";
  private static final String BOUNDARY_INPUT = "PermissionsBoundaryPolicyInputList";
  private static final String RESOURCE_INPUT = "ResourcePolicy";
  private static final String ALL = "*";
  private static final Pattern USER_ARN =
      Pattern.compile("arn:aws:iam::([0-9]{12}):user/(?:[!-~]+/)?[\\w+=,.@-]+");
  private static final Pattern ACCOUNT_ARN =
      Pattern.compile("arn:aws:iam::([0-9]{12}):root|([0-9]{12})");

  private static final Parameter SOURCE =
      Parameter.text("PolicySourceArn").length(20, 2_048).asRequired();
  private static final Parameter POLICY = Parameter.text(INPUT).length(1, MAX_POLICY);
  private static final Parameter POLICIES = Parameter.texts(POLICY, MAX_LISTED);
  private static final Parameter REQUIRED_POLICIES =
      Parameter.texts(POLICY.asRequired(), MAX_LISTED);
  private static final Parameter BOUNDARIES =
      Parameter.texts(Parameter.text(BOUNDARY_INPUT).length(1, MAX_POLICY), 1);
  private static final Parameter ACTIONS =
      Parameter.texts(Parameter.text("ActionNames").length(3, 128).asRequired(), MAX_LISTED);
  private static final Parameter RESOURCES =
      Parameter.texts(Parameter.text("ResourceArns").length(1, 2_048), MAX_LISTED);
  private static final Parameter RESOURCE_POLICY =
      Parameter.text(RESOURCE_INPUT).length(1, MAX_POLICY);
  private static final Parameter OWNER = Parameter.text("ResourceOwner").length(1, 2_048);
  private static final Parameter CALLER = Parameter.text("CallerArn").length(1, 2_048);
  private static final Parameter HANDLING = Parameter.text("ResourceHandlingOption").length(1, 64);
  private static final Parameter KEY_NAME =
      Parameter.text("ContextKeyName").length(5, 256).asRequired();
  private static final Parameter KEY_VALUES =
      Parameter.texts(Parameter.text("ContextKeyValues"), MAX_LISTED);
  private static final Parameter KEY_TYPE =
      Parameter.text("ContextKeyType")
          .oneOf(
              "string",
              "stringList",
              "numeric",
              "numericList",
              "boolean",
              "booleanList",
              "ip",
              "ipList",
              "binary",
              "binaryList",
              "date",
              "dateList");
  private static final Parameter CONTEXT =
      Parameter.structures("ContextEntries", MAX_LISTED, KEY_NAME, KEY_VALUES, KEY_TYPE);

  private final Iam iam;

  private SimulationOperations(Iam iam) {
    this.iam = iam;
  }

  static void addTo(QueryService.Builder builder, Iam iam) {
    SimulationOperations simulations = new SimulationOperations(iam);
    builder
        .add("SimulateCustomPolicy", simulated(REQUIRED_POLICIES), simulations::custom)
        .add("SimulatePrincipalPolicy", simulated(SOURCE, POLICIES), simulations::ofPrincipal)
        .add("GetContextKeysForCustomPolicy", List.of(REQUIRED_POLICIES), simulations::customKeys)
        .add(
            "GetContextKeysForPrincipalPolicy",
            List.of(SOURCE, POLICIES),
            simulations::keysOfPrincipal);
  }

  private static List<Parameter> simulated(Parameter... own) {
    return Stream.concat(
            List.of(own).stream(),
            IamParameters.paged(
                BOUNDARIES, ACTIONS, RESOURCES, RESOURCE_POLICY, OWNER, CALLER, CONTEXT, HANDLING)
                .stream())
        .toList();
  }

  private Answer custom(Call call, Parameters in) {
    iam.read(call.caller(), "SimulateCustomPolicy", ALL);
    if (in.find(RESOURCE_POLICY).isPresent() && in.find(CALLER).isEmpty()) {
      throw IamError.INVALID_INPUT.because(
          "CallerArn must be specified when ResourcePolicy is specified");
    }
    return answer(Simulation.of(call.caller().owner().account()), in);
  }

  private Answer ofPrincipal(Call call, Parameters in) {
    return answer(principal("SimulatePrincipalPolicy", call, in), in);
  }

  private Answer customKeys(Call call, Parameters in) {
    iam.read(call.caller(), "GetContextKeysForCustomPolicy", ALL);
    return keys(Simulation.of(call.caller().owner().account()), in);
  }

  private Answer keysOfPrincipal(Call call, Parameters in) {
    return keys(principal("GetContextKeysForPrincipalPolicy", call, in), in);
  }

  private Simulation principal(String action, Call call, Parameters in) {
    String arn = in.text(SOURCE);
    return Iam.found(() -> Simulation.of(iam.read(call.caller(), action, arn), arn));
  }

  private static Answer keys(Simulation simulation, Parameters in) {
    List<String> keys = simulation.withPolicies(INPUT, policies(in, POLICIES)).contextKeys();
    return xml -> xml.texts("ContextKeyNames", keys);
  }

  private static List<PolicyText> policies(Parameters in, Parameter list) {
    return in.texts(list).stream()
        .map(text -> IamParameters.policy(text, PolicyUse.IDENTITY))
        .toList();
  }

  private static Answer answer(Simulation bare, Parameters in) {
    Simulation simulation = asked(bare, in);
    List<String> actions = in.texts(ACTIONS);
    actions.forEach(SimulationOperations::requireAction);
    List<String> named = in.texts(RESOURCES);
    List<String> resources = named.isEmpty() ? List.of(ALL) : named;
    return Answer.of(
        Page.computed(
            (long) actions.size() * resources.size(),
            index -> {
              String action = actions.get((int) (index / resources.size()));
              String resource = resources.get((int) (index % resources.size()));
              return new SimulationXml(
                  simulation, action, resource, simulation.explain(action, resource));
            },
            in),
        (page, xml) -> page.write(xml, "EvaluationResults", result -> result.write(xml)));
  }

  private static Simulation asked(Simulation bare, Parameters in) {
    Simulation asked = bare.withPolicies(INPUT, policies(in, POLICIES)).withKeys(context(in));
    for (PolicyText boundary : policies(in, BOUNDARIES)) {
      asked = asked.withBoundary(BOUNDARY_INPUT + ".1", boundary);
    }
    Optional<String> caller = in.find(CALLER);
    if (caller.isPresent()) {
      asked = asked.withCaller(account(USER_ARN, caller.get()), caller.get());
    }
    Optional<String> owner = in.find(OWNER);
    if (owner.isPresent()) {
      asked = asked.withOwner(account(ACCOUNT_ARN, owner.get()));
    }
    Optional<String> policy = in.find(RESOURCE_POLICY);
    return policy.isEmpty()
        ? asked
        : asked.withResource(
            RESOURCE_INPUT, IamParameters.policy(policy.get(), PolicyUse.RESOURCE));
  }

  private static AccountId account(Pattern pattern, String arn) {
    Matcher matcher = pattern.matcher(arn);
    if (!matcher.matches()) {
      throw IamError.INVALID_INPUT.because("Invalid Entity Arn: " + arn);
    }
    return new AccountId(
        matcher.groupCount() > 1 && matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
  }

  private static Map<String, List<String>> context(Parameters in) {
    Map<String, List<String>> keys = new HashMap<>();
    for (Parameters entry : in.structures(CONTEXT)) {
      keys.put(entry.text(KEY_NAME), entry.texts(KEY_VALUES));
    }
    return keys;
  }

  private static void requireAction(String action) {
    if (action.indexOf(':') <= 0 || action.contains(ALL)) {
      throw IamError.INVALID_INPUT.because("Invalid Action Name: " + action);
    }
  }
}
