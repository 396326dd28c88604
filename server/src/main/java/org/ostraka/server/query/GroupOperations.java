package org.ostraka.server.query;

import static org.ostraka.server.query.IamParameters.PATH;
import static org.ostraka.server.query.IamParameters.PATH_PREFIX;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.iam.Iam;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Group;
import org.ostraka.identity.directory.Groups;
import org.ostraka.identity.directory.Head;
import org.ostraka.identity.directory.User;
import org.ostraka.identity.directory.Users;
import org.ostraka.model.Caller;
import org.ostraka.server.query.IamXml.Extent;
import org.ostraka.server.query.QueryOperation.Answer;

/** IAM's operations on groups and their members. Any thread. */
final class GroupOperations {
  private static final Parameter NAME = IamParameters.name(EntityKind.GROUP);
  private static final Parameter USER = IamParameters.name(EntityKind.USER);
  private static final Parameter NEW_NAME = IamParameters.named("NewGroupName");
  private static final Parameter NEW_PATH = Parameter.text("NewPath").length(1, 512);

  private final Iam iam;

  private GroupOperations(Iam iam) {
    this.iam = iam;
  }

  static void addTo(QueryService.Builder builder, Iam iam) {
    GroupOperations groups = new GroupOperations(iam);
    builder
        .add("CreateGroup", List.of(PATH, NAME), groups::create)
        .add("GetGroup", IamParameters.paged(NAME), groups::get)
        .add("ListGroups", IamParameters.paged(PATH_PREFIX), groups::list)
        .add("UpdateGroup", List.of(NAME, NEW_PATH, NEW_NAME), groups::update)
        .add("DeleteGroup", List.of(NAME), groups::delete)
        .add("AddUserToGroup", List.of(NAME, USER), groups::addUser)
        .add("RemoveUserFromGroup", List.of(NAME, USER), groups::removeUser)
        .add("ListGroupsForUser", IamParameters.paged(USER), groups::listForUser);
  }

  private Answer create(Call call, Parameters in) {
    Head head = iam.head(EntityKind.GROUP, IamParameters.name(in, NAME), in.find(PATH).orElse("/"));
    Caller caller = call.caller();
    Account account =
        iam.change(
            caller,
            "CreateGroup",
            Arns.of(caller, EntityKind.GROUP, head.path() + head.name()),
            before -> Groups.create(before, head));
    Group group = require(account, head.name());
    return xml -> xml.element("Group", _ -> IamXml.group(xml, account, group));
  }

  private Answer get(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    Account account = iam.read(call.caller(), "GetGroup", arn(call, name));
    Group group = require(account, name);
    Page<User> page = Page.of(Groups.members(account, group), user -> user.key().name(), in);
    return xml -> {
      xml.element("Group", _ -> IamXml.group(xml, account, group));
      page.write(xml, "Users", user -> IamXml.user(xml, account, user, Extent.LISTED));
    };
  }

  private Answer list(Call call, Parameters in) {
    Caller caller = call.caller();
    String prefix = in.find(PATH_PREFIX).orElse("/");
    Account account = iam.read(caller, "ListGroups", Arns.of(caller, EntityKind.GROUP, prefix));
    List<Group> groups =
        account.groups().stream().filter(group -> group.head().path().startsWith(prefix)).toList();
    return groups(account, groups, in);
  }

  private Answer update(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    Optional<String> newName = IamParameters.findName(in, NEW_NAME);
    // Policies name entities by path and name: the caller needs both the old ones and the new.
    iam.read(
        call.caller(),
        "UpdateGroup",
        Arns.renamed(
            iam.account(call.caller()), EntityKind.GROUP, name, newName, in.find(NEW_PATH)));
    iam.change(
        call.caller(),
        "UpdateGroup",
        arn(call, name),
        before -> Groups.update(before, name, newName, in.find(NEW_PATH)));
    return Answer.NOTHING;
  }

  private Answer delete(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    iam.change(
        call.caller(), "DeleteGroup", arn(call, name), before -> Groups.delete(before, name));
    return Answer.NOTHING;
  }

  private Answer addUser(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    String user = IamParameters.name(in, USER);
    iam.change(
        call.caller(),
        "AddUserToGroup",
        arn(call, name),
        before -> Users.addToGroup(before, user, name));
    return Answer.NOTHING;
  }

  private Answer removeUser(Call call, Parameters in) {
    String name = IamParameters.name(in, NAME);
    String user = IamParameters.name(in, USER);
    iam.change(
        call.caller(),
        "RemoveUserFromGroup",
        arn(call, name),
        before -> Users.removeFromGroup(before, user, name));
    return Answer.NOTHING;
  }

  private Answer listForUser(Call call, Parameters in) {
    String name = IamParameters.name(in, USER);
    Account account =
        iam.read(
            call.caller(),
            "ListGroupsForUser",
            Arns.of(iam.account(call.caller()), EntityKind.USER, name));
    User user = Iam.found(() -> Users.require(account, name));
    return groups(account, account.groups(user), in);
  }

  private static Answer groups(Account account, List<Group> groups, Parameters in) {
    return Answer.of(
        Page.of(groups, group -> group.key().name(), in),
        (page, xml) -> page.write(xml, "Groups", group -> IamXml.group(xml, account, group)));
  }

  private String arn(Call call, String name) {
    return Arns.of(iam.account(call.caller()), EntityKind.GROUP, name);
  }

  private static Group require(Account account, String name) {
    return Iam.found(() -> Groups.require(account, name));
  }
}
