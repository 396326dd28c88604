package org.ostraka.server.query;

import static org.ostraka.server.query.IamParameters.DESCRIPTION;
import static org.ostraka.server.query.IamParameters.PATH;
import static org.ostraka.server.query.IamParameters.PATH_PREFIX;
import static org.ostraka.server.query.IamParameters.POLICY_ARN;
import static org.ostraka.server.query.IamParameters.POLICY_DOCUMENT;
import static org.ostraka.server.query.IamParameters.POLICY_NAME;
import static org.ostraka.server.query.IamParameters.TAGS;
import static org.ostraka.server.query.IamParameters.TAG_KEYS;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ostraka.engine.iam.Iam;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.Identity;
import org.ostraka.identity.directory.ManagedPolicies;
import org.ostraka.identity.directory.ManagedPolicy;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.iam.IamError;
import org.ostraka.model.Caller;
import org.ostraka.model.Tags;
import org.ostraka.server.query.IamXml.Extent;
import org.ostraka.server.query.QueryOperation.Answer;

/** IAM's operations on managed policies and their versions. Any thread. */
final class ManagedPolicyOperations {
  private static final Parameter VERSION =
      Parameter.text("VersionId").pattern("v[1-9][0-9]{0,8}").asRequired();
  private static final Parameter SET_AS_DEFAULT = Parameter.flag("SetAsDefault");
  private static final Parameter SCOPE = Parameter.text("Scope").oneOf("All", "AWS", "Local");
  private static final Parameter ONLY_ATTACHED = Parameter.flag("OnlyAttached");

  private final Iam iam;

  private ManagedPolicyOperations(Iam iam) {
    this.iam = iam;
  }

  static void addTo(QueryService.Builder builder, Iam iam) {
    ManagedPolicyOperations policies = new ManagedPolicyOperations(iam);
    builder
        .add(
            "CreatePolicy",
            List.of(POLICY_NAME, PATH, POLICY_DOCUMENT, DESCRIPTION, TAGS),
            policies::create)
        .add("GetPolicy", List.of(POLICY_ARN), policies::get)
        .add("ListPolicies", IamParameters.paged(SCOPE, ONLY_ATTACHED, PATH_PREFIX), policies::list)
        .add("DeletePolicy", List.of(POLICY_ARN), policies::delete)
        .add("ListEntitiesForPolicy", IamParameters.paged(POLICY_ARN), policies::listEntities)
        .add("TagPolicy", List.of(POLICY_ARN, TAGS), policies::tag)
        .add("UntagPolicy", List.of(POLICY_ARN, TAG_KEYS), policies::untag)
        .add("ListPolicyTags", IamParameters.paged(POLICY_ARN), policies::listTags)
        .add(
            "CreatePolicyVersion",
            List.of(POLICY_ARN, POLICY_DOCUMENT, SET_AS_DEFAULT),
            policies::createVersion)
        .add("GetPolicyVersion", List.of(POLICY_ARN, VERSION), policies::getVersion)
        .add("ListPolicyVersions", IamParameters.paged(POLICY_ARN), policies::listVersions)
        .add("SetDefaultPolicyVersion", List.of(POLICY_ARN, VERSION), policies::setDefault)
        .add("DeletePolicyVersion", List.of(POLICY_ARN, VERSION), policies::deleteVersion);
  }

  private Answer create(Call call, Parameters in) {
    Caller caller = call.caller();
    Head head =
        iam.head(EntityKind.POLICY, IamParameters.name(in, POLICY_NAME), in.find(PATH).orElse("/"));
    PolicyText text = IamParameters.policy(in);
    Tags tags = IamParameters.tags(in);
    String arn = Arns.of(caller, EntityKind.POLICY, head.path() + head.name());
    Account account =
        iam.change(
            caller,
            "CreatePolicy",
            arn,
            tags,
            before ->
                ManagedPolicies.create(before, head, in.find(DESCRIPTION).orElse(""), text, tags));
    return policy(account, require(account, arn));
  }

  private Answer get(Call call, Parameters in) {
    Account account = read(call, in, "GetPolicy");
    return policy(account, require(account, in.text(POLICY_ARN)));
  }

  private Answer list(Call call, Parameters in) {
    String prefix = in.find(PATH_PREFIX).orElse("/");
    Account account = iam.read(call.caller(), "ListPolicies", "policy path " + prefix);
    String scope = in.find(SCOPE).orElse("All");
    List<ManagedPolicy> policies =
        account.policies().stream()
            .filter(policy -> policy.head().path().startsWith(prefix))
            .filter(policy -> scope.equals("All") || scope.equals("AWS") == policy.isOfAws())
            .filter(policy ->
                !in.isSet(ONLY_ATTACHED)
                    || !ManagedPolicies.users(account, policy.arn(account.id())).isEmpty())
            .toList();
    return Answer.of(
        Page.of(policies, policy -> policy.key().name(), in),
        (page, xml) ->
            page.write(
                xml, "Policies", policy -> IamXml.policy(xml, account, policy, Extent.LISTED)));
  }

  private Answer delete(Call call, Parameters in) {
    return change(
        call, in, "DeletePolicy", before -> ManagedPolicies.delete(before, in.text(POLICY_ARN)));
  }

  private Answer listEntities(Call call, Parameters in) {
    Account account = read(call, in, "ListEntitiesForPolicy");
    String arn = require(account, in.text(POLICY_ARN)).arn(account.id());
    Page<Identity> page =
        Page.of(
            ManagedPolicies.users(account, arn),
            identity -> identity.key().kind() + "/" + identity.key().name(),
            in);
    return xml -> {
      entities(xml, page, "Group", EntityKind.GROUP);
      entities(xml, page, "User", EntityKind.USER);
      entities(xml, page, "Role", EntityKind.ROLE);
      page.end(xml);
    };
  }

  private static void entities(XmlWriter xml, Page<Identity> page, String noun, EntityKind kind) {
    xml.list(
        "Policy" + noun + "s",
        page.elements().stream().filter(identity -> identity.key().kind() == kind).toList(),
        identity ->
            xml.element(noun + "Name", identity.head().name())
                .element(noun + "Id", identity.head().id()));
  }

  private Answer tag(Call call, Parameters in) {
    Tags tags = IamParameters.tags(in);
    String arn = in.text(POLICY_ARN);
    iam.change(
        call.caller(), "TagPolicy", arn, tags, before -> ManagedPolicies.tag(before, arn, tags));
    return Answer.NOTHING;
  }

  private Answer untag(Call call, Parameters in) {
    return change(
        call,
        in,
        "UntagPolicy",
        before -> ManagedPolicies.untag(before, in.text(POLICY_ARN), in.texts(TAG_KEYS)));
  }

  private Answer listTags(Call call, Parameters in) {
    Account account = read(call, in, "ListPolicyTags");
    Tags tags = require(account, in.text(POLICY_ARN)).tags();
    return Answer.of(
        Page.of(List.copyOf(tags.byKey().entrySet()), Map.Entry::getKey, in),
        (page, xml) ->
            page.write(xml, "Tags", tag -> IamXml.tag(xml, tag.getKey(), tag.getValue())));
  }

  private Answer createVersion(Call call, Parameters in) {
    String arn = in.text(POLICY_ARN);
    PolicyText text = IamParameters.policy(in);
    Account account =
        iam.change(
            call.caller(),
            "CreatePolicyVersion",
            arn,
            before ->
                ManagedPolicies.createVersion(
                    before, arn, text, in.isSet(SET_AS_DEFAULT), iam.now()));
    ManagedPolicy policy = require(account, arn);
    return xml ->
        xml.element(
            "PolicyVersion", _ -> IamXml.version(xml, policy, policy.lastVersion(), Extent.LISTED));
  }

  private Answer getVersion(Call call, Parameters in) {
    Account account = read(call, in, "GetPolicyVersion");
    ManagedPolicy policy = require(account, in.text(POLICY_ARN));
    int number = version(in);
    if (!policy.versions().containsKey(number)) {
      throw IamError.NO_SUCH_ENTITY.because(
          "Policy "
              + in.text(POLICY_ARN)
              + " version "
              + in.text(VERSION)
              + " does not exist or is not attachable.");
    }
    return xml ->
        xml.element("PolicyVersion", _ -> IamXml.version(xml, policy, number, Extent.WHOLE));
  }

  private Answer listVersions(Call call, Parameters in) {
    Account account = read(call, in, "ListPolicyVersions");
    ManagedPolicy policy = require(account, in.text(POLICY_ARN));
    return Answer.of(
        Page.of(
            List.copyOf(policy.versions().keySet()),
            // The newest comes first, as the service lists them.
            number -> String.format(Locale.ROOT, "%010d", Integer.MAX_VALUE - number),
            in),
        (page, xml) ->
            page.write(
                xml, "Versions", number -> IamXml.version(xml, policy, number, Extent.LISTED)));
  }

  private Answer setDefault(Call call, Parameters in) {
    return change(
        call,
        in,
        "SetDefaultPolicyVersion",
        before ->
            ManagedPolicies.setDefaultVersion(before, in.text(POLICY_ARN), version(in), iam.now()));
  }

  private Answer deleteVersion(Call call, Parameters in) {
    return change(
        call,
        in,
        "DeletePolicyVersion",
        before ->
            ManagedPolicies.deleteVersion(before, in.text(POLICY_ARN), version(in), iam.now()));
  }

  private Account read(Call call, Parameters in, String action) {
    return iam.read(call.caller(), action, in.text(POLICY_ARN));
  }

  private Answer change(Call call, Parameters in, String action, UnaryOperator<Account> change) {
    iam.change(call.caller(), action, in.text(POLICY_ARN), change);
    return Answer.NOTHING;
  }

  private static int version(Parameters in) {
    return Integer.parseInt(in.text(VERSION).substring(1));
  }

  private static ManagedPolicy require(Account account, String arn) {
    return Iam.found(() -> ManagedPolicies.require(account, arn));
  }

  private static Answer policy(Account account, ManagedPolicy policy) {
    return xml -> xml.element("Policy", _ -> IamXml.policy(xml, account, policy, Extent.WHOLE));
  }
}
