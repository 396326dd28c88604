package org.ostraka.server.query;

import static org.ostraka.server.query.IamParameters.BOUNDARY;
import static org.ostraka.server.query.IamParameters.DESCRIPTION;
import static org.ostraka.server.query.IamParameters.PATH;
import static org.ostraka.server.query.IamParameters.PATH_PREFIX;
import static org.ostraka.server.query.IamParameters.POLICY_DOCUMENT;
import static org.ostraka.server.query.IamParameters.TAGS;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.iam.Iam;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.directory.Role;
import org.ostraka.identity.directory.Roles;
import org.ostraka.identity.signature.KeyUse;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.Caller;
import org.ostraka.model.Tags;
import org.ostraka.server.query.IamXml.Extent;
import org.ostraka.server.query.QueryOperation.Answer;

/** IAM's operations on roles. Any thread. */
final class RoleOperations {
  private static final Parameter NAME = IamParameters.name(EntityKind.ROLE);
  private static final Parameter TRUST =
      Parameter.text("AssumeRolePolicyDocument").length(1, 131_072).asRequired();
  private static final Parameter MAX_SESSION =
      Parameter.number("MaxSessionDuration", 3_600, 43_200);

  private final Iam iam;

  private RoleOperations(Iam iam) {
    this.iam = iam;
  }

  static void addTo(QueryService.Builder builder, Iam iam) {
    RoleOperations roles = new RoleOperations(iam);
    builder
        .add(
            "CreateRole",
            List.of(PATH, NAME, TRUST, DESCRIPTION, MAX_SESSION, BOUNDARY, TAGS),
            roles::create)
        .add("GetRole", List.of(NAME), roles::get)
        .add("ListRoles", IamParameters.paged(PATH_PREFIX), roles::list)
        .add("UpdateRole", List.of(NAME, DESCRIPTION, MAX_SESSION), roles::update)
        .add("UpdateAssumeRolePolicy", List.of(NAME, POLICY_DOCUMENT), roles::updateTrust)
        .add("DeleteRole", List.of(NAME), roles::delete)
        .add("ListInstanceProfilesForRole", IamParameters.paged(NAME), roles::listInstanceProfiles);
  }

  private Answer create(Call call, Parameters in) {
    Head head = iam.head(EntityKind.ROLE, IamParameters.name(in, NAME), in.find(PATH).orElse("/"));
    PolicyText trust = IamParameters.policy(in.text(TRUST), PolicyUse.TRUST);
    Tags tags = IamParameters.tags(in);
    Caller caller = call.caller();
    Account account =
        iam.change(
            caller,
            "CreateRole",
            Arns.of(caller, EntityKind.ROLE, head.path() + head.name()),
            tags,
            before ->
                Roles.create(
                    before,
                    head,
                    trust,
                    in.find(DESCRIPTION).orElse(""),
                    maxSession(in),
                    tags,
                    in.find(BOUNDARY)));
    return role(account, require(account, head.name()));
  }

  private Answer get(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    Account account = iam.read(call.caller(), "GetRole", arn(call, name));
    Role role = require(account, name);
    Optional<KeyUse> use = iam.lastUse(role.head().id());
    return xml ->
        xml.element(
            "Role",
            _ -> {
              IamXml.role(xml, account, role, Extent.WHOLE);
              xml.element(
                  "RoleLastUsed",
                  _ ->
                      xml.element("LastUsedDate", use.map(each -> each.time().toString()))
                          .element("Region", use.map(KeyUse::region)));
            });
  }

  private Answer list(Call call, Parameters in) {
    Caller caller = call.caller();
    String prefix = in.find(PATH_PREFIX).orElse("/");
    Account account = iam.read(caller, "ListRoles", Arns.of(caller, EntityKind.ROLE, prefix));
    List<Role> roles =
        account.roles().stream().filter(role -> role.head().path().startsWith(prefix)).toList();
    return Answer.of(
        Page.of(roles, role -> role.key().name(), in),
        (page, xml) ->
            page.write(xml, "Roles", role -> IamXml.role(xml, account, role, Extent.LISTED)));
  }

  private Answer update(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    iam.change(
        call.caller(),
        "UpdateRole",
        arn(call, name),
        before -> Roles.update(before, name, in.find(DESCRIPTION), maxSession(in)));
    return _ -> {};
  }

  private Answer updateTrust(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    PolicyText trust = IamParameters.policy(in.text(POLICY_DOCUMENT), PolicyUse.TRUST);
    iam.change(
        call.caller(),
        "UpdateAssumeRolePolicy",
        arn(call, name),
        before -> Roles.updateTrust(before, name, trust));
    return Answer.NOTHING;
  }

  private Answer delete(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    iam.change(call.caller(), "DeleteRole", arn(call, name), before -> Roles.delete(before, name));
    return Answer.NOTHING;
  }

  /** Answers that there are none: tools ask before they delete a role. */
  private Answer listInstanceProfiles(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    Account account = iam.read(call.caller(), "ListInstanceProfilesForRole", arn(call, name));
    Role _ = require(account, name);
    return Answer.of(
        Page.of(List.<String>of(), each -> each, in),
        (page, xml) -> Page.writeTexts(page, xml, "InstanceProfiles"));
  }

  private static Optional<Duration> maxSession(Parameters in) {
    return in.number(MAX_SESSION).map(Duration::ofSeconds);
  }

  private String arn(Call call, String name) {
    return Arns.of(iam.account(call.caller()), EntityKind.ROLE, name);
  }

  private static Role require(Account account, String name) {
    return Iam.found(() -> Roles.require(account, name));
  }

  private static Answer role(Account account, Role role) {
    return xml -> xml.element("Role", _ -> IamXml.role(xml, account, role, Extent.WHOLE));
  }
}
