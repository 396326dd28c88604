package org.ostraka.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.iam.Simulation;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.policy.Explanation;
import org.ostraka.identity.policy.Mismatch;
import org.ostraka.identity.policy.PolicyKind;
import org.ostraka.identity.policy.StatementOutcome;
import org.ostraka.identity.policy.StatementReference;
import org.ostraka.identity.policy.Verdict;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.options.Arguments;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.StoppedDirectory;

/**
 * {@code ostraka iam simulate}: says why a request would be allowed or denied, statement by
 * statement. Stateless.
 */
final class SimulateCommand {
  private static final Option<String> SOURCE =
      Option.required(
          "--policy-source-arn",
          Kind.text("ARN"),
          "The user, group or role that sends the request.");

  private static final Option<String> ACTION =
      Option.required("--action", Kind.text("ACTION"), "Such as dynamodb:GetItem.");

  private static final Option<String> RESOURCE =
      Option.withDefault(
          "--resource",
          Kind.text("ARN"),
          "*",
          "The resource, which need not exist. The policy of a table counts.");

  private static final Option<List<String>> CONTEXT =
      Option.repeatable(
          "--context",
          new Kind<>("KEY=VALUE", "a condition key and its value", SimulateCommand::context),
          "A condition key of the request. A key that is given again has several values.");

  private static final Option<Optional<String>> RESOURCE_POLICY =
      Option.optional(
          "--resource-policy",
          Kind.text("JSON"),
          "The resource's policy instead of the stored one, or file:// and the name of a file.");

  static final List<Option<?>> OPTIONS =
      List.of(SOURCE, ACTION, RESOURCE, CONTEXT, RESOURCE_POLICY);

  private SimulateCommand() {}

  private static String context(String text) {
    if (text.indexOf(':') <= 0 || text.indexOf('=') <= 0) {
      throw new IllegalArgumentException("not a key and its value");
    }
    return text;
  }

  /** Simulates a request and prints the explanation. */
  static void run(Arguments given, StoppedDirectory directory, PrintWriter out) {
    String action = given.get(ACTION);
    String resource = given.get(RESOURCE);
    Optional<PolicyText> policy =
        given
            .get(RESOURCE_POLICY)
            .map(text -> IamCommand.document(text, PolicyUse.RESOURCE))
            .or(() -> directory.tablePolicy(resource));
    Simulation bare =
        Simulation.of(directory.account(), given.get(SOURCE)).withKeys(keys(given.get(CONTEXT)));
    Simulation simulation =
        policy.map(text -> bare.withResource("policy of the resource", text)).orElse(bare);
    print(simulation, simulation.explain(action, resource), out);
  }

  private static Map<String, List<String>> keys(List<String> texts) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      keys.computeIfAbsent(text.substring(0, equals), _ -> new ArrayList<>())
          .add(text.substring(equals + 1));
    }
    return keys;
  }

  private static void print(Simulation simulation, Explanation explanation, PrintWriter out) {
    out.println(sentence(explanation.verdict()));
    out.println(
        explanation.isWithinAccount()
            ? "Within one account, the identity or the resource must be allowed."
            : "Across accounts, both the identity and the resource must be allowed.");
    for (PolicyKind kind : PolicyKind.values()) {
      if (explanation.present().contains(kind)) {
        out.println(kind + ": " + word(explanation.part(kind)));
      } else {
        out.println(kind + ": there is none");
      }
      explanation.outcomes().stream()
          .filter(outcome -> outcome.kind() == kind)
          .forEach(outcome -> print(outcome, out));
    }
    List<String> missing = simulation.missingKeys();
    if (!missing.isEmpty()) {
      out.println(
          "keys that policies name and the request does not have: " + String.join(", ", missing));
    }
  }

  private static String sentence(Verdict verdict) {
    String why =
        verdict
            .kind()
            .map(kind ->
                switch (verdict.outcome()) {
                  case ALLOWED, EXPLICITLY_DENIED -> " by " + kind;
                  case NOT_ALLOWED -> ": no " + kind + " allows the action";
                })
            .orElse(": the root user needs no policy");
    return word(verdict) + why + verdict.statement().map(found -> ", " + name(found)).orElse("");
  }

  private static String word(Verdict verdict) {
    return switch (verdict.outcome()) {
      case ALLOWED -> "allowed";
      case EXPLICITLY_DENIED -> "explicitly denied";
      case NOT_ALLOWED -> "implicitly denied";
    };
  }

  private static String word(Explanation.Part part) {
    return switch (part) {
      case ALLOWED -> "allows";
      case EXPLICITLY_DENIED -> "denies";
      case NOT_ALLOWED -> "does not allow";
    };
  }

  private static String name(StatementReference statement) {
    return statement.policy()
        + ", statement "
        + (statement.index() + 1)
        + statement.sid().map(sid -> " (" + sid + ")").orElse("");
  }

  private static void print(StatementOutcome outcome, PrintWriter out) {
    String begin = "  " + name(outcome.statement()) + ", " + outcome.effect() + ": ";
    if (outcome.applies()) {
      out.println(
          begin
              + (outcome.delegates()
                  ? "applies by naming the account, which leaves it to the identity's policies"
                  : "applies"));
      return;
    }
    out.println(begin + "does not apply");
    for (Mismatch mismatch : outcome.mismatches()) {
      out.println("    " + mismatch);
    }
  }
}
