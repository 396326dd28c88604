package org.ostraka.server.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.ostraka.model.AccountId;
import org.ostraka.model.Caller;
import org.ostraka.model.Principal;
import org.ostraka.server.http.Peer;

/**
 * Events as JSON in the shape of CloudTrail's records ("CloudTrail record contents" and "CloudTrail
 * userIdentity element" in the CloudTrail User Guide). Stateless.
 */
final class EventText {
  private static final String EVENT_VERSION = "1.11";
  private static final int MAX_AGENT_CHARS = 512;

  private EventText() {}

  /** Writes the members of an event. */
  static void write(AuditEvent event, JsonLine json) {
    json.text("eventVersion", EVENT_VERSION);
    json.begin("userIdentity", '{');
    sender(event.sender(), json);
    json.end('}');
    json.text("eventTime", time(event.time()));
    json.text("eventSource", event.operation().source());
    json.text("eventName", event.operation().name());
    json.text("awsRegion", event.region());
    json.text("sourceIPAddress", event.peer().address().getHostAddress());
    json.text("userAgent", shortened(event.userAgent()));
    event
        .failure()
        .ifPresent(failure -> {
          json.text("errorCode", failure.code());
          if (!failure.message().isEmpty()) {
            json.text("errorMessage", failure.message());
          }
        });
    json.raw("requestParameters", event.parameters().json());
    json.raw("responseElements", "null");
    if (event.notRecorded() > 0) {
      json.begin("additionalEventData", '{');
      json.raw("requestsNotRecorded", Long.toString(event.notRecorded()));
      json.end('}');
    }
    resources(event, json);
    rest(event, json);
  }

  private static void rest(AuditEvent event, JsonLine json) {
    boolean management = event.operation().isManagement();
    json.text("requestID", event.requestId());
    json.text("eventID", event.eventId());
    json.flag("readOnly", event.operation().isReadOnly());
    json.text("eventType", "AwsApiCall");
    json.text("apiVersion", event.operation().apiVersion());
    json.flag("managementEvent", management);
    account(event.sender()).ifPresent(account -> json.text("recipientAccountId", account.value()));
    json.text("eventCategory", management ? "Management" : "Data");
    event.peer().encryption().ifPresent(encryption -> tls(encryption, json));
  }

  private static void tls(Peer.Encryption encryption, JsonLine json) {
    json.begin("tlsDetails", '{');
    json.text("tlsVersion", encryption.version());
    json.text("cipherSuite", encryption.cipherSuite());
    json.end('}');
  }

  private static void resources(AuditEvent event, JsonLine json) {
    Optional<AccountId> owner = account(event.sender());
    if (event.parameters().resources().isEmpty() || owner.isEmpty()) {
      return;
    }
    String account = owner.get().value();
    json.begin("resources", '[');
    for (String name : event.parameters().resources()) {
      String arn =
          name.startsWith("arn:")
              ? name
              : "arn:aws:dynamodb:" + event.region() + ":" + account + ":table/" + name;
      json.begin('{');
      json.text("accountId", account);
      json.text(
          "type", arn.contains("/stream/") ? "AWS::DynamoDB::Stream" : "AWS::DynamoDB::Table");
      json.text("ARN", arn);
      json.end('}');
    }
    json.end(']');
  }

  private static Optional<AccountId> account(AuditEvent.Sender sender) {
    return switch (sender) {
      case AuditEvent.Sender.Unknown _ -> Optional.empty();
      case AuditEvent.Sender.Signer(Caller caller) -> Optional.of(caller.owner().account());
      case AuditEvent.Sender.WebIdentity identity -> Optional.of(identity.account());
    };
  }

  private static void sender(AuditEvent.Sender sender, JsonLine json) {
    switch (sender) {
      case AuditEvent.Sender.Unknown _ -> json.text("type", "Unknown");
      case AuditEvent.Sender.Signer(Caller caller) -> identity(caller, json);
      case AuditEvent.Sender.WebIdentity identity ->
          // "Logging IAM and AWS STS API calls with AWS CloudTrail" in the IAM User Guide.
          json.text("type", "WebIdentityUser")
              .text(
                  "principalId",
                  identity.provider() + ":" + identity.client() + ":" + identity.subject())
              .text("userName", identity.subject())
              .text("identityProvider", identity.provider());
    }
  }

  private static void identity(Caller caller, JsonLine json) {
    String account = caller.owner().account().value();
    switch (caller.principal()) {
      case Principal.AccessKey(String id) ->
          // Its signature was not verified, so that nothing is known of its owner.
          json.text("type", "Unknown").text("accountId", account).text("accessKeyId", id);
      case Principal.Root root ->
          json.text("type", "Root")
              .text("principalId", root.account().value())
              .text("arn", "arn:aws:iam::" + root.account().value() + ":root")
              .text("accountId", root.account().value())
              .text("accessKeyId", root.accessKeyId());
      case Principal.User user ->
          json.text("type", "IAMUser")
              .text("principalId", user.id())
              .text(
                  "arn",
                  "arn:aws:iam::" + user.account().value() + ":user" + user.path() + user.name())
              .text("accountId", user.account().value())
              .text("accessKeyId", user.accessKeyId())
              .text("userName", user.name());
      case Principal.RoleSession session -> roleSession(caller, session, json);
      case Principal.FederatedUser federated ->
          json.text("type", "FederatedUser")
              .text("principalId", federated.account().value() + ":" + federated.name())
              .text(
                  "arn",
                  "arn:aws:sts::"
                      + federated.account().value()
                      + ":federated-user/"
                      + federated.name())
              .text("accountId", federated.account().value())
              .text("accessKeyId", federated.accessKeyId());
      case Principal.Service(String name) ->
          json.text("type", "AWSService").text("invokedBy", name);
    }
  }

  private static void roleSession(Caller caller, Principal.RoleSession session, JsonLine json) {
    String account = session.account().value();
    json.text("type", "AssumedRole")
        .text("principalId", session.roleId() + ":" + session.session())
        .text(
            "arn",
            "arn:aws:sts::" + account + ":assumed-role/" + session.role() + "/" + session.session())
        .text("accountId", account)
        .text("accessKeyId", session.accessKeyId())
        .begin("sessionContext", '{')
        .begin("sessionIssuer", '{')
        .text("type", "Role")
        .text("principalId", session.roleId())
        .text("arn", "arn:aws:iam::" + account + ":role" + session.path() + session.role())
        .text("accountId", account)
        .text("userName", session.role())
        .end('}')
        .begin("attributes", '{');
    caller.session().issued().ifPresent(issued -> json.text("creationDate", time(issued)));
    json.text("mfaAuthenticated", "false").end('}').end('}');
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String shortened(String agent) {
    return agent.length() <= MAX_AGENT_CHARS ? agent : agent.substring(0, MAX_AGENT_CHARS);
  }
}
