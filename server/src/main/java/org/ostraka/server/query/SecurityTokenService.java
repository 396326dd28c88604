package org.ostraka.server.query;

import static org.ostraka.server.query.IamParameters.TAGS;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ostraka.engine.iam.AssumedRole;
import org.ostraka.engine.iam.CallerIdentity;
import org.ostraka.engine.iam.SecurityTokens;
import org.ostraka.engine.iam.SessionRequest;
import org.ostraka.engine.iam.WebIdentities;
import org.ostraka.identity.session.SessionCredentials;
import org.ostraka.model.Tags;
import org.ostraka.server.audit.AuditEvent;
import org.ostraka.server.query.QueryOperation.Answer;

/** The operations of AWS STS: "Actions" in the AWS STS API Reference. Any thread. */
public final class SecurityTokenService {
  private static final String SCOPE = "sts";
  private static final String VERSION = "2011-06-15";
  private static final int MIN_SECONDS = 900;
  private static final Parameter ROLE_ARN =
      Parameter.text("RoleArn").length(20, 2_048).asRequired();
  private static final Parameter SESSION_NAME =
      Parameter.text("RoleSessionName").length(2, 64).pattern("[\\w+=,.@-]*").asRequired();
  private static final Parameter ROLE_SECONDS =
      Parameter.number("DurationSeconds", MIN_SECONDS, 43_200);
  private static final Parameter SECONDS =
      Parameter.number("DurationSeconds", MIN_SECONDS, 129_600);
  private static final Parameter POLICY = Parameter.text("Policy").length(1, 2_048);
  private static final Parameter ARN = Parameter.text("arn").length(20, 2_048);
  private static final Parameter POLICY_ARNS = Parameter.structures("PolicyArns", 10, ARN);
  private static final Parameter EXTERNAL_ID =
      Parameter.text("ExternalId").length(2, 1_224).pattern("[\\w+=,.@:/-]*");

  private static final Parameter WEB_IDENTITY_TOKEN =
      Parameter.text("WebIdentityToken").length(4, 20_000).asRequired().asSecret();

  private final SecurityTokens tokens;
  private final WebIdentities webIdentities;

  private SecurityTokenService(SecurityTokens tokens, WebIdentities webIdentities) {
    this.tokens = tokens;
    this.webIdentities = webIdentities;
  }

  /** Makes the service. */
  public static QueryService over(SecurityTokens tokens, WebIdentities webIdentities) {
    SecurityTokenService service = new SecurityTokenService(tokens, webIdentities);
    return new QueryService.Builder(SCOPE, VERSION)
        .add("GetCallerIdentity", List.of(), (call, _) -> callerIdentity(call))
        .add(
            "AssumeRole",
            List.of(ROLE_ARN, SESSION_NAME, POLICY_ARNS, POLICY, ROLE_SECONDS, TAGS, EXTERNAL_ID),
            service::assumeRole)
        .add(
            new QueryOperation(
                "AssumeRoleWithWebIdentity",
                List.of(
                    ROLE_ARN, SESSION_NAME, WEB_IDENTITY_TOKEN, POLICY_ARNS, POLICY, ROLE_SECONDS),
                false,
                service::assumeRoleWithWebIdentity))
        .add("GetSessionToken", List.of(SECONDS), service::sessionToken)
        .build();
  }

  private static Answer callerIdentity(Call call) {
    return Answer.of(
        CallerIdentity.of(call.caller()),
        (identity, xml) ->
            xml.element("Arn", identity.arn())
                .element("UserId", identity.userId())
                .element("Account", identity.account().value()));
  }

  private Answer assumeRole(Call call, Parameters in) {
    SessionRequest request =
        new SessionRequest(
            in.text(ROLE_ARN),
            in.text(SESSION_NAME),
            seconds(in, ROLE_SECONDS),
            in.find(POLICY),
            in.structures(POLICY_ARNS).stream().map(each -> each.text(ARN)).toList(),
            IamParameters.tags(in),
            in.find(EXTERNAL_ID));
    AssumedRole assumed = tokens.assumeRole(call.caller(), request);
    return xml -> assumed(xml, assumed);
  }

  private Answer assumeRoleWithWebIdentity(Call call, Parameters in) {
    SessionRequest request =
        new SessionRequest(
            in.text(ROLE_ARN),
            in.text(SESSION_NAME),
            seconds(in, ROLE_SECONDS),
            in.find(POLICY),
            in.structures(POLICY_ARNS).stream().map(each -> each.text(ARN)).toList(),
            Tags.NONE,
            Optional.empty());
    return new WebIdentityAnswer(
        webIdentities.assumeRole(call.origin(), request, in.text(WEB_IDENTITY_TOKEN)));
  }

  private record WebIdentityAnswer(WebIdentities.Assumed assumed) implements Answer {
    @Override
    public void write(XmlWriter xml) {
      xml.element("SubjectFromWebIdentityToken", assumed.subject())
          .element("Audience", assumed.client());
      SecurityTokenService.assumed(xml, assumed.role());
      xml.element("Provider", assumed.provider());
    }

    @Override
    public Optional<AuditEvent.Sender> sender() {
      return Optional.of(
          new AuditEvent.Sender.WebIdentity(
              assumed.account(), assumed.provider(), assumed.client(), assumed.subject()));
    }
  }

  private static void assumed(XmlWriter xml, AssumedRole assumed) {
    credentials(xml, assumed.credentials());
    xml.element(
        "AssumedRoleUser",
        _ -> xml.element("AssumedRoleId", assumed.id()).element("Arn", assumed.arn()));
    if (assumed.packedPolicyPercent() > 0) {
      xml.element("PackedPolicySize", Integer.toString(assumed.packedPolicyPercent()));
    }
  }

  private Answer sessionToken(Call call, Parameters in) {
    SessionCredentials credentials = tokens.sessionToken(call.caller(), seconds(in, SECONDS));
    return xml -> credentials(xml, credentials);
  }

  private static Optional<Duration> seconds(Parameters in, Parameter parameter) {
    return in.number(parameter).map(Duration::ofSeconds);
  }

  private static void credentials(XmlWriter xml, SessionCredentials credentials) {
    xml.element(
        "Credentials",
        _ ->
            xml.element("AccessKeyId", credentials.accessKeyId())
                .element("SecretAccessKey", credentials.secret().reveal())
                .element("SessionToken", credentials.token().reveal())
                .element(
                    "Expiration", credentials.end().truncatedTo(ChronoUnit.SECONDS).toString()));
  }
}
