package org.ostraka.server.query;

import static org.ostraka.server.query.IamParameters.BOUNDARY;
import static org.ostraka.server.query.IamParameters.PATH;
import static org.ostraka.server.query.IamParameters.PATH_PREFIX;
import static org.ostraka.server.query.IamParameters.TAGS;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.iam.Iam;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.User;
import org.ostraka.identity.directory.Users;
import org.ostraka.identity.iam.IamError;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;
import org.ostraka.server.query.IamXml.Extent;
import org.ostraka.server.query.QueryOperation.Answer;

/** IAM's operations on users. Any thread. */
final class UserOperations {
  private static final Parameter NAME = IamParameters.name(EntityKind.USER);
  private static final Parameter OPTIONAL_NAME = IamParameters.named("UserName");
  private static final Parameter NEW_NAME = IamParameters.named("NewUserName");
  private static final Parameter NEW_PATH = Parameter.text("NewPath").length(1, 512);

  private final Iam iam;

  private UserOperations(Iam iam) {
    this.iam = iam;
  }

  static void addTo(QueryService.Builder builder, Iam iam) {
    UserOperations users = new UserOperations(iam);
    builder
        .add("CreateUser", List.of(PATH, NAME, BOUNDARY, TAGS), users::create)
        .add("GetUser", List.of(OPTIONAL_NAME), users::get)
        .add("ListUsers", IamParameters.paged(PATH_PREFIX), users::list)
        .add("UpdateUser", List.of(NAME, NEW_PATH, NEW_NAME), users::update)
        .add("DeleteUser", List.of(NAME), users::delete);
  }

  private Answer create(Call call, Parameters in) {
    Head head = iam.head(EntityKind.USER, IamParameters.name(in, NAME), in.find(PATH).orElse("/"));
    Caller caller = call.caller();
    Account account =
        iam.change(
            caller,
            "CreateUser",
            Arns.of(caller, EntityKind.USER, head.path() + head.name()),
            IamParameters.tags(in),
            before -> Users.create(before, head, IamParameters.tags(in), in.find(BOUNDARY)));
    return user(account, Iam.found(() -> Users.require(account, head.name())));
  }

  private Answer get(Call call, Parameters in) {
    Caller caller = call.caller();
    String name =
        IamParameters.findName(in, OPTIONAL_NAME)
            .or(() -> ownName(caller))
            .orElseThrow(() ->
                IamError.VALIDATION_ERROR.because(
                    "Must specify userName when calling with non-User credentials"));
    Account account = iam.read(caller, "GetUser", arn(caller, name));
    return user(account, Iam.found(() -> Users.require(account, name)));
  }

  private Answer list(Call call, Parameters in) {
    Caller caller = call.caller();
    String prefix = in.find(PATH_PREFIX).orElse("/");
    Account account = iam.read(caller, "ListUsers", Arns.of(caller, EntityKind.USER, prefix));
    List<User> users =
        account.users().stream().filter(user -> user.head().path().startsWith(prefix)).toList();
    return Answer.of(
        Page.of(users, user -> user.key().name(), in),
        (page, xml) ->
            page.write(xml, "Users", user -> IamXml.user(xml, account, user, Extent.LISTED)));
  }

  private Answer update(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    Optional<String> newName = IamParameters.findName(in, NEW_NAME);
    // Policies name entities by path and name: the caller needs both the old ones and the new.
    iam.read(
        call.caller(),
        "UpdateUser",
        Arns.renamed(
            iam.account(call.caller()), EntityKind.USER, name, newName, in.find(NEW_PATH)));
    iam.change(
        call.caller(),
        "UpdateUser",
        arn(call.caller(), name),
        before -> Users.update(before, name, newName, in.find(NEW_PATH)));
    return Answer.NOTHING;
  }

  private Answer delete(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    iam.change(
        call.caller(),
        "DeleteUser",
        arn(call.caller(), name),
        before -> Users.delete(before, name));
    return Answer.NOTHING;
  }

  /** Returns the name of the user who sends a request; empty when the sender is no user. */
  static Optional<String> ownName(Caller caller) {
    return caller.principal() instanceof Principal.User user
        ? Optional.of(user.name())
        : Optional.empty();
  }

  private String arn(Caller caller, String name) {
    return Arns.of(iam.account(caller), EntityKind.USER, name);
  }

  private static Answer user(Account account, User user) {
    return xml -> xml.element("User", _ -> IamXml.user(xml, account, user, Extent.WHOLE));
  }
}
