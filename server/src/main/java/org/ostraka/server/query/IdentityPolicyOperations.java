package org.ostraka.server.query;

import static org.ostraka.server.query.IamParameters.BOUNDARY;
import static org.ostraka.server.query.IamParameters.PATH_PREFIX;
import static org.ostraka.server.query.IamParameters.POLICY_ARN;
import static org.ostraka.server.query.IamParameters.POLICY_DOCUMENT;
import static org.ostraka.server.query.IamParameters.POLICY_NAME;
import static org.ostraka.server.query.IamParameters.TAGS;
import static org.ostraka.server.query.IamParameters.TAG_KEYS;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.engine.iam.Iam;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.Actor;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Identities;
import org.ostraka.identity.directory.Identity;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.policy.ContextKeys;
import org.ostraka.model.Tags;
import org.ostraka.server.query.QueryOperation.Answer;

/**
 * IAM's operations on the policies, boundaries and tags of users, groups and roles, which differ
 * only by the kind: PutUserPolicy, PutGroupPolicy, PutRolePolicy, and so on. Any thread.
 */
final class IdentityPolicyOperations {
  private static final Parameter BOUND = BOUNDARY.asRequired();

  private final Iam iam;
  private final EntityKind kind;
  private final String noun;
  private final Parameter name;

  private IdentityPolicyOperations(Iam iam, EntityKind kind, String noun) {
    this.iam = iam;
    this.kind = kind;
    this.noun = noun;
    this.name = IamParameters.name(kind);
  }

  static void addTo(QueryService.Builder builder, Iam iam) {
    IdentityPolicyOperations users = new IdentityPolicyOperations(iam, EntityKind.USER, "User");
    IdentityPolicyOperations groups = new IdentityPolicyOperations(iam, EntityKind.GROUP, "Group");
    IdentityPolicyOperations roles = new IdentityPolicyOperations(iam, EntityKind.ROLE, "Role");
    users.addPolicies(builder);
    groups.addPolicies(builder);
    roles.addPolicies(builder);
    users.addBoundaryAndTags(builder);
    roles.addBoundaryAndTags(builder);
  }

  private void addPolicies(QueryService.Builder builder) {
    builder
        .add("Put" + noun + "Policy", List.of(name, POLICY_NAME, POLICY_DOCUMENT), this::put)
        .add("Get" + noun + "Policy", List.of(name, POLICY_NAME), this::get)
        .add("List" + noun + "Policies", IamParameters.paged(name), this::list)
        .add("Delete" + noun + "Policy", List.of(name, POLICY_NAME), this::delete)
        .add("Attach" + noun + "Policy", List.of(name, POLICY_ARN), this::attach)
        .add("Detach" + noun + "Policy", List.of(name, POLICY_ARN), this::detach)
        .add(
            "ListAttached" + noun + "Policies",
            IamParameters.paged(name, PATH_PREFIX),
            this::listAttached);
  }

  private void addBoundaryAndTags(QueryService.Builder builder) {
    builder
        .add("Put" + noun + "PermissionsBoundary", List.of(name, BOUND), this::putBoundary)
        .add("Delete" + noun + "PermissionsBoundary", List.of(name), this::deleteBoundary)
        .add("Tag" + noun, List.of(name, TAGS), this::tag)
        .add("Untag" + noun, List.of(name, TAG_KEYS), this::untag)
        .add("List" + noun + "Tags", IamParameters.paged(name), this::listTags);
  }

  private Answer put(Call call, Parameters in) {
    PolicyText policy = IamParameters.policy(in);
    String policyName = IamParameters.name(in, POLICY_NAME);
    return change(
        call,
        in,
        "Put" + noun + "Policy",
        Tags.NONE,
        before -> Identities.putPolicy(before, kind, name(in), policyName, policy));
  }

  private Answer get(Call call, Parameters in) {
    String policyName = in.text(POLICY_NAME);
    Identity identity = read(call, in, "Get" + noun + "Policy");
    PolicyText policy =
        Optional.ofNullable(identity.policies().inline().get(policyName))
            .orElseThrow(() ->
                IamError.NO_SUCH_ENTITY.because(
                    "The "
                        + kind.noun()
                        + " policy with name "
                        + policyName
                        + " cannot be found."));
    return xml ->
        xml.element(noun + "Name", identity.head().name())
            .element("PolicyName", policyName)
            .element("PolicyDocument", IamXml.encoded(policy));
  }

  private Answer list(Call call, Parameters in) {
    Identity identity = read(call, in, "List" + noun + "Policies");
    return Answer.of(
        Page.of(List.copyOf(identity.policies().inline().keySet()), each -> each, in),
        (page, xml) -> Page.writeTexts(page, xml, "PolicyNames"));
  }

  private Answer delete(Call call, Parameters in) {
    return change(
        call,
        in,
        "Delete" + noun + "Policy",
        Tags.NONE,
        before -> Identities.deletePolicy(before, kind, name(in), in.text(POLICY_NAME)));
  }

  private Answer attach(Call call, Parameters in) {
    return changePolicy(
        call,
        in,
        "Attach" + noun + "Policy",
        before -> Identities.attach(before, kind, name(in), in.text(POLICY_ARN)));
  }

  private Answer detach(Call call, Parameters in) {
    return changePolicy(
        call,
        in,
        "Detach" + noun + "Policy",
        before -> Identities.detach(before, kind, name(in), in.text(POLICY_ARN)));
  }

  private Answer listAttached(Call call, Parameters in) {
    Identity identity = read(call, in, "ListAttached" + noun + "Policies");
    Account account = iam.account(call.caller());
    String prefix = in.find(PATH_PREFIX).orElse("/");
    List<String> arns =
        identity.policies().attached().stream()
            .filter(arn ->
                account
                    .policy(arn)
                    .filter(policy -> policy.head().path().startsWith(prefix))
                    .isPresent())
            .toList();
    return Answer.of(
        Page.of(arns, arn -> arn, in),
        (page, xml) ->
            page.write(
                xml,
                "AttachedPolicies",
                arn ->
                    xml.element("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                        .element("PolicyArn", arn)));
  }

  private Answer putBoundary(Call call, Parameters in) {
    return change(
        call,
        in,
        "Put" + noun + "PermissionsBoundary",
        Tags.NONE,
        before -> Identities.setBoundary(before, kind, name(in), in.find(BOUND)));
  }

  private Answer deleteBoundary(Call call, Parameters in) {
    return change(
        call,
        in,
        "Delete" + noun + "PermissionsBoundary",
        Tags.NONE,
        before -> Identities.setBoundary(before, kind, name(in), Optional.empty()));
  }

  private Answer tag(Call call, Parameters in) {
    Tags tags = IamParameters.tags(in);
    return change(
        call, in, "Tag" + noun, tags, before -> Identities.tag(before, kind, name(in), tags));
  }

  private Answer untag(Call call, Parameters in) {
    return change(
        call,
        in,
        "Untag" + noun,
        Tags.NONE,
        before -> Identities.untag(before, kind, name(in), in.texts(TAG_KEYS)));
  }

  private Answer listTags(Call call, Parameters in) {
    Tags tags =
        read(call, in, "List" + noun + "Tags") instanceof Actor actor ? actor.tags() : Tags.NONE;
    return Answer.of(
        Page.of(List.copyOf(tags.byKey().entrySet()), Map.Entry::getKey, in),
        (page, xml) ->
            page.write(xml, "Tags", tag -> IamXml.tag(xml, tag.getKey(), tag.getValue())));
  }

  /** Attaches or detaches a policy, which conditions may name. */
  private Answer changePolicy(
      Call call, Parameters in, String action, UnaryOperator<Account> change) {
    ContextKeys policy = new ContextKeys(Map.of("iam:PolicyARN", List.of(in.text(POLICY_ARN))));
    iam.change(call.caller(), action, arn(call, in), policy, change);
    return Answer.NOTHING;
  }

  private Answer change(
      Call call, Parameters in, String action, Tags tags, UnaryOperator<Account> change) {
    iam.change(call.caller(), action, arn(call, in), tags, change);
    return Answer.NOTHING;
  }

  private Identity read(Call call, Parameters in, String action) {
    Account account = iam.read(call.caller(), action, arn(call, in));
    return Iam.found(() -> Identities.require(account, kind, name(in)));
  }

  private String arn(Call call, Parameters in) {
    return Arns.of(iam.account(call.caller()), kind, name(in));
  }

  private String name(Parameters in) {
    return IamParameters.name(in, name);
  }
}
