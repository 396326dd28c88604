package org.ostraka.server.query;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.iam.Iam;
import org.ostraka.identity.directory.AccessKeyEntries;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.User;
import org.ostraka.identity.directory.Users;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.signature.KeyUse;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;
import org.ostraka.server.query.QueryOperation.Answer;

/**
 * IAM's operations on access keys. A request that names no user means the sender's own keys, which
 * are those of the root user if the root user sends it. Any thread.
 */
final class AccessKeyOperations {
  private static final String ACTIVE = "Active";
  private static final String INACTIVE = "Inactive";

  /** Stands for the service and region of a key that was never used. */
  private static final String NEVER = "N/A";

  private static final Parameter USER = IamParameters.named("UserName");
  private static final Parameter KEY =
      Parameter.text("AccessKeyId").length(16, 128).pattern("[\\w]+").asRequired();
  private static final Parameter STATUS =
      Parameter.text("Status").oneOf(ACTIVE, INACTIVE).asRequired();

  private final Iam iam;

  private AccessKeyOperations(Iam iam) {
    this.iam = iam;
  }

  static void addTo(QueryService.Builder builder, Iam iam) {
    AccessKeyOperations keys = new AccessKeyOperations(iam);
    builder
        .add("CreateAccessKey", List.of(USER), keys::create)
        .add("ListAccessKeys", IamParameters.paged(USER), keys::list)
        .add("GetAccessKeyLastUsed", List.of(KEY), keys::lastUsed)
        .add("UpdateAccessKey", List.of(USER, KEY, STATUS), keys::update)
        .add("DeleteAccessKey", List.of(USER, KEY), keys::delete);
  }

  private Answer create(Call call, Parameters in) {
    Caller caller = call.caller();
    Optional<String> user = user(caller, in);
    String id = iam.ids().accessKey();
    Secret secret = new Secret(iam.ids().secret());
    Account account =
        iam.change(
            caller,
            "CreateAccessKey",
            arn(caller, user),
            before -> {
              Optional<String> userId = user.map(name -> Users.require(before, name).head().id());
              return AccessKeyEntries.create(
                  before, new AccessKeyEntry(id, userId, secret, true, iam.now()));
            });
    AccessKeyEntry key = require(account, id);
    return xml ->
        xml.element(
            "AccessKey",
            _ -> {
              metadata(xml, user, key);
              xml.element("SecretAccessKey", secret.reveal());
            });
  }

  private Answer list(Call call, Parameters in) {
    Caller caller = call.caller();
    Optional<String> name = user(caller, in);
    Account account = iam.read(caller, "ListAccessKeys", arn(caller, name));
    Optional<User> user = name.map(each -> Iam.found(() -> Users.require(account, each)));
    return Answer.of(
        Page.of(account.accessKeys(user), AccessKeyEntry::id, in),
        (page, xml) -> page.write(xml, "AccessKeyMetadata", key -> metadata(xml, name, key)));
  }

  private Answer lastUsed(Call call, Parameters in) {
    Caller caller = call.caller();
    String id = in.text(KEY);
    Optional<User> owner = owner(iam.account(caller), id);
    Account account =
        iam.read(
            caller,
            "GetAccessKeyLastUsed",
            owner
                .map(user -> user.arn(caller.owner().account()))
                .orElseGet(() -> arn(caller, Optional.empty())));
    if (account.accessKey(id).isEmpty()) {
      throw IamError.NO_SUCH_ENTITY.because("The Access Key with id " + id + " cannot be found");
    }
    Optional<KeyUse> use = iam.lastUse(id);
    return xml ->
        xml.element("UserName", owner.map(user -> user.head().name()))
            .element(
                "AccessKeyLastUsed",
                _ ->
                    xml.element("LastUsedDate", use.map(each -> each.time().toString()))
                        .element("ServiceName", use.map(KeyUse::service).orElse(NEVER))
                        .element("Region", use.map(KeyUse::region).orElse(NEVER)));
  }

  private static Optional<User> owner(Account account, String keyId) {
    return account
        .accessKey(keyId)
        .flatMap(AccessKeyEntry::userId)
        .flatMap(
            id -> account.users().stream().filter(user -> user.head().id().equals(id)).findFirst());
  }

  private Answer update(Call call, Parameters in) {
    Optional<String> user = user(call.caller(), in);
    iam.change(
        call.caller(),
        "UpdateAccessKey",
        arn(call.caller(), user),
        before ->
            AccessKeyEntries.setActive(before, user, in.text(KEY), in.text(STATUS).equals(ACTIVE)));
    return Answer.NOTHING;
  }

  private Answer delete(Call call, Parameters in) {
    Optional<String> user = user(call.caller(), in);
    iam.change(
        call.caller(),
        "DeleteAccessKey",
        arn(call.caller(), user),
        before -> AccessKeyEntries.delete(before, user, in.text(KEY)));
    return Answer.NOTHING;
  }

  /** Returns the user whose keys a request means; empty for the root user. */
  private static Optional<String> user(Caller caller, Parameters in) {
    Optional<String> named = IamParameters.findName(in, USER);
    if (named.isPresent()) {
      return named;
    }
    return switch (caller.principal()) {
      case Principal.User user -> Optional.of(user.name());
      case Principal.Root _, Principal.AccessKey _ -> Optional.empty();
      case Principal.RoleSession _, Principal.FederatedUser _, Principal.Service _ ->
          throw IamError.VALIDATION_ERROR.because(
              "Must specify userName when calling with non-User credentials");
    };
  }

  private String arn(Caller caller, Optional<String> user) {
    return user.map(name -> Arns.of(iam.account(caller), EntityKind.USER, name))
        .orElseGet(() -> "arn:aws:iam::" + caller.owner().account() + ":root");
  }

  private static AccessKeyEntry require(Account account, String id) {
    return account.accessKey(id).orElseThrow(() -> new IllegalStateException("the key is there"));
  }

  private static void metadata(XmlWriter xml, Optional<String> user, AccessKeyEntry key) {
    xml.element("UserName", user)
        .element("AccessKeyId", key.id())
        .element("Status", key.isActive() ? ACTIVE : INACTIVE)
        .element("CreateDate", key.created().toString());
  }
}
