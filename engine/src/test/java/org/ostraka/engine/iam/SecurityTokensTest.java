package org.ostraka.engine.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.iam.IamException;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;
import org.ostraka.model.Tags;

/**
 * Temporary credentials, and who gets them: "AssumeRole" and "GetSessionToken" in the AWS STS API
 * Reference; "Cross-account policy evaluation logic" in the IAM User Guide.
 */
final class SecurityTokensTest {
  private static final AccountId OTHER = new AccountId("222222222222");
  private static final String ROLE = "arn:aws:iam::111111111111:role/Reader";
  private static final String MAY_ASSUME =
      """
      {"Statement":{"Effect":"Allow","Action":"sts:*","Resource":"*"}}\
      """;

  private final IamWorld world = new IamWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aUserWhoIsTrustedByNameNeedsNoPolicy() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.role(IamWorld.ACCOUNT, "Reader", trust("arn:aws:iam::111111111111:user/Bob", ""));
    AssumedRole assumed = world.tokens.assumeRole(bob, request());
    assertThat(assumed.arn()).isEqualTo("arn:aws:sts::111111111111:assumed-role/Reader/shift");
    assertThat(assumed.id()).matches("AROA[A-Z2-7]{17}:shift");
    CallerIdentity identity = CallerIdentity.of(world.caller(assumed.credentials()));
    assertThat(identity.arn()).isEqualTo(assumed.arn());
    assertThat(identity.userId()).isEqualTo(assumed.id());
  }

  @Test
  void aTrustedAccountDelegatesToItsPolicies() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.role(IamWorld.ACCOUNT, "Reader", trust("111111111111", ""));
    assertDenied(bob, request(), "sts:AssumeRole");
    world.policy(IamWorld.ACCOUNT, EntityKind.USER, "Bob", MAY_ASSUME);
    assertThat(world.tokens.assumeRole(bob, request()).packedPolicyPercent()).isZero();
  }

  @Test
  void aPolicyOfTheUserIsNoTrust() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.policy(IamWorld.ACCOUNT, EntityKind.USER, "Bob", MAY_ASSUME);
    world.role(IamWorld.ACCOUNT, "Reader", trust("arn:aws:iam::111111111111:user/Eve", ""));
    assertDenied(bob, request(), "sts:AssumeRole");
  }

  @Test
  void acrossAccountsBothSidesMustAllow() {
    Caller eve = world.user(OTHER, "Eve");
    world.role(IamWorld.ACCOUNT, "Reader", trust("arn:aws:iam::222222222222:user/Eve", ""));
    assertDenied(eve, request(), "sts:AssumeRole");
    world.policy(OTHER, EntityKind.USER, "Eve", MAY_ASSUME);
    Caller session = world.caller(world.tokens.assumeRole(eve, request()).credentials());
    assertThat(session.owner().account()).isEqualTo(IamWorld.ACCOUNT);
  }

  @Test
  void aRoleThatDoesNotExistIsRefusedLikeOneThatDoesNotTrust() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.policy(IamWorld.ACCOUNT, EntityKind.USER, "Bob", MAY_ASSUME);
    assertDenied(bob, request(), "sts:AssumeRole");
  }

  @Test
  void theExternalIdIsCompared() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.role(
        IamWorld.ACCOUNT,
        "Reader",
        trust(
            "arn:aws:iam::111111111111:user/Bob",
            """
            ,"Condition":{"StringEquals":{"sts:ExternalId":"x7"}}\
            """));
    assertDenied(bob, request(), "sts:AssumeRole");
    assertThat(world.tokens.assumeRole(bob, withExternalId("x7")).id()).endsWith(":shift");
  }

  @Test
  void tagsNeedAPermissionOfTheirOwn() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.role(IamWorld.ACCOUNT, "Reader", trust("arn:aws:iam::111111111111:user/Bob", ""));
    SessionRequest tagged =
        new SessionRequest(
            ROLE,
            "shift",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new Tags(Map.of("team", "red")),
            Optional.empty());
    assertDenied(bob, tagged, "sts:TagSession");
    world.role(
        IamWorld.ACCOUNT,
        "Tagged",
        trust("arn:aws:iam::111111111111:user/Bob", "")
            .replace("\"sts:AssumeRole\"", "[\"sts:AssumeRole\",\"sts:TagSession\"]"));
    SessionRequest ofTagged =
        new SessionRequest(
            "arn:aws:iam::111111111111:role/Tagged",
            "shift",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            tagged.tags(),
            Optional.empty());
    Caller session = world.caller(world.tokens.assumeRole(bob, ofTagged).credentials());
    assertThat(session.session().tags()).isEqualTo(tagged.tags());
  }

  @Test
  void aSessionPolicyLimitsTheSession() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.role(IamWorld.ACCOUNT, "Reader", trust("arn:aws:iam::111111111111:user/Bob", ""));
    world.policy(
        IamWorld.ACCOUNT,
        EntityKind.ROLE,
        "Reader",
        """
        {"Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}\
        """);
    SessionRequest limited =
        new SessionRequest(
            ROLE,
            "shift",
            Optional.empty(),
            Optional.of(
                """
                {"Statement":{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*"}}\
                """),
            List.of(),
            Tags.NONE,
            Optional.empty());
    Caller session = world.caller(world.tokens.assumeRole(bob, limited).credentials());
    assertThat(world.iam.read(session, "ListUsers", "*").users()).hasSize(1);
    assertThatThrownBy(() -> world.iam.read(session, "ListRoles", "*"))
        .isInstanceOf(IamException.class)
        .hasMessageEndingWith("because no session policy allows the iam:ListRoles action");
  }

  @Test
  void aSessionIsNotLongerThanTheRoleAllows() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.role(IamWorld.ACCOUNT, "Reader", trust("*", ""));
    assertThatThrownBy(() -> world.tokens.assumeRole(bob, lasting(Duration.ofHours(3))))
        .hasMessage(
            "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for"
                + " this role.");
    Caller session =
        world.caller(world.tokens.assumeRole(bob, lasting(Duration.ofHours(2))).credentials());
    assertThatThrownBy(() -> world.tokens.assumeRole(session, lasting(Duration.ofHours(2))))
        .hasMessage(
            "ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for"
                + " roles assumed by role chaining");
  }

  @Test
  void whoIsNotVerifiedGetsNoSession() {
    Caller anybody =
        new Caller(new Principal.AccessKey("AKIDANY"), IamWorld.root(IamWorld.ACCOUNT).owner());
    assertThatThrownBy(() -> world.tokens.sessionToken(anybody, Optional.empty()))
        .isInstanceOf(IamException.class)
        .hasMessageContaining("Sessions need a principal");
  }

  @Test
  void aRootUserAssumesNoRoles() {
    world.role(IamWorld.ACCOUNT, "Reader", trust("*", ""));
    assertThatThrownBy(() -> world.tokens.assumeRole(IamWorld.root(IamWorld.ACCOUNT), request()))
        .hasMessage("AccessDenied: Roles may not be assumed by root accounts.");
  }

  @Test
  void policiesOfASessionHaveRoomForFourThousandCharacters() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.role(IamWorld.ACCOUNT, "Reader", trust("*", ""));
    String policy = MAY_ASSUME.replace("sts:*", "sts:" + "a".repeat(5_000));
    SessionRequest large =
        new SessionRequest(
            ROLE,
            "shift",
            Optional.empty(),
            Optional.of(policy),
            List.of(),
            Tags.NONE,
            Optional.empty());
    assertThatThrownBy(() -> world.tokens.assumeRole(bob, large))
        .hasMessageStartingWith("PackedPolicyTooLarge: Packed policy consumes 124% of allotted");
  }

  @Test
  void aUserGetsCredentialsOfItsOwnThatCannotCallIamOrMakeOthers() {
    Caller bob = world.user(IamWorld.ACCOUNT, "Bob");
    world.policy(IamWorld.ACCOUNT, EntityKind.USER, "Bob", MAY_ASSUME.replace("sts", "iam"));
    Caller session = world.caller(world.tokens.sessionToken(bob, Optional.empty()));
    assertThat(CallerIdentity.of(session)).isEqualTo(CallerIdentity.of(bob));
    assertThat(world.iam.read(bob, "ListUsers", "*").users()).hasSize(1);
    assertThatThrownBy(() -> world.iam.read(session, "ListUsers", "*"))
        .hasMessageStartingWith("InvalidClientTokenId");
    assertThatThrownBy(() -> world.tokens.sessionToken(session, Optional.empty()))
        .hasMessage("AccessDenied: Cannot call GetSessionToken with session credentials");
  }

  private void assertDenied(Caller caller, SessionRequest request, String action) {
    assertThatThrownBy(() -> world.tokens.assumeRole(caller, request))
        .isInstanceOf(IamException.class)
        .hasMessage(
            "AccessDenied: User: "
                + CallerIdentity.of(caller).arn()
                + " is not authorized to perform: "
                + action
                + " on resource: "
                + ROLE);
  }

  private static SessionRequest request() {
    return lasting(Duration.ofHours(1));
  }

  private static SessionRequest lasting(Duration lifetime) {
    return new SessionRequest(
        ROLE,
        "shift",
        Optional.of(lifetime),
        Optional.empty(),
        List.of(),
        Tags.NONE,
        Optional.empty());
  }

  private static SessionRequest withExternalId(String id) {
    return new SessionRequest(
        ROLE, "shift", Optional.empty(), Optional.empty(), List.of(), Tags.NONE, Optional.of(id));
  }

  private static String trust(String principal, String condition) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},\
    "Action":"sts:AssumeRole"%s}]}\
    """
        .formatted(principal, condition);
  }
}
