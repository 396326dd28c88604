package org.ostraka.engine.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Users;
import org.ostraka.identity.iam.IamException;
import org.ostraka.model.Caller;
import org.ostraka.model.Tags;

/** Who may change the directory: policies with iam actions decide, as for tables. */
final class IamTest {
  private static final String BOB = "arn:aws:iam::111111111111:user/Bob";

  private final IamWorld world = new IamWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theRootMayDoEverythingAndAUserNothingAtFirst() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    assertThat(world.iam.read(IamWorld.root(IamWorld.ACCOUNT), "GetUser", BOB).users()).hasSize(1);
    assertThatThrownBy(() -> world.iam.read(bob, "GetUser", BOB))
        .isInstanceOf(IamException.class)
        .hasMessage(
            "AccessDenied: User: arn:aws:iam::111111111111:user/Bob is not authorized to perform:"
                + " iam:GetUser on resource: arn:aws:iam::111111111111:user/Bob because no"
                + " identity-based policy allows the iam:GetUser action");
  }

  @Test
  void aPolicyCountsFromTheNextRequestOn() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.policy(
        IamWorld.ACCOUNT,
        EntityKind.USER,
        "Bob",
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser",\
        "Resource":"arn:aws:iam::111111111111:user/${aws:username}"}}\
        """);
    assertThat(world.iam.read(bob, "GetUser", BOB).user("Bob")).isPresent();
    assertThatThrownBy(() -> world.iam.read(bob, "GetUser", "arn:aws:iam::111111111111:user/Eve"))
        .isInstanceOf(IamException.class);
  }

  @Test
  void tagsOfARequestAreCompared() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.policy(
        IamWorld.ACCOUNT,
        EntityKind.USER,
        "Bob",
        """
        {"Statement":{"Effect":"Allow","Action":"iam:CreateUser","Resource":"*",\
        "Condition":{"StringEquals":{"aws:RequestTag/team":"red"}}}}\
        """);
    assertThat(create(bob, "Red", new Tags(Map.of("team", "red")))).isPresent();
    assertThatThrownBy(() -> create(bob, "Blue", new Tags(Map.of("team", "blue"))))
        .isInstanceOf(IamException.class)
        .hasMessageStartingWith("AccessDenied");
    assertThatThrownBy(() -> create(bob, "None", Tags.NONE)).isInstanceOf(IamException.class);
  }

  private Optional<?> create(Caller caller, String name, Tags tags) {
    return world
        .iam
        .change(
            caller,
            "CreateUser",
            "arn:aws:iam::111111111111:user/" + name,
            tags,
            before ->
                Users.create(
                    before, world.iam.head(EntityKind.USER, name, "/"), tags, Optional.empty()))
        .user(name);
  }
}
