package org.ostraka.server.query;

import static org.ostraka.server.query.IamParameters.TAGS;

import java.util.List;
import java.util.Optional;
import org.ostraka.engine.iam.Iam;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.IdentityProvider;
import org.ostraka.identity.directory.IdentityProviders;
import org.ostraka.identity.iam.IamError;
import org.ostraka.model.Caller;
import org.ostraka.server.query.QueryOperation.Answer;

/** IAM's operations on OpenID Connect providers. Any thread. */
final class ProviderOperations {
  private static final String HTTPS = "https://";
  private static final Parameter URL = Parameter.text("Url").length(1, 255).asRequired();
  private static final Parameter ARN =
      Parameter.text("OpenIDConnectProviderArn").length(20, 2_048).asRequired();
  private static final Parameter CLIENT_ID = Parameter.text("ClientID").length(1, 255).asRequired();
  private static final Parameter CLIENT_IDS =
      Parameter.texts(Parameter.text("ClientIDList").length(1, 255), 100);
  private static final Parameter THUMBPRINTS =
      Parameter.texts(Parameter.text("ThumbprintList").length(40, 40), 5);

  private final Iam iam;

  private ProviderOperations(Iam iam) {
    this.iam = iam;
  }

  static void addTo(QueryService.Builder builder, Iam iam) {
    ProviderOperations providers = new ProviderOperations(iam);
    builder
        .add(
            "CreateOpenIDConnectProvider",
            List.of(URL, CLIENT_IDS, THUMBPRINTS, TAGS),
            providers::create)
        .add("GetOpenIDConnectProvider", List.of(ARN), providers::get)
        .add("ListOpenIDConnectProviders", List.of(), providers::list)
        .add("DeleteOpenIDConnectProvider", List.of(ARN), providers::delete)
        .add("AddClientIDToOpenIDConnectProvider", List.of(ARN, CLIENT_ID), providers::addClientId)
        .add(
            "RemoveClientIDFromOpenIDConnectProvider",
            List.of(ARN, CLIENT_ID),
            providers::removeClientId)
        .add(
            "UpdateOpenIDConnectProviderThumbprint",
            List.of(ARN, THUMBPRINTS),
            providers::updateThumbprints);
  }

  private Answer create(Call call, Parameters in) {
    Caller caller = call.caller();
    String url = in.text(URL);
    if (!url.startsWith(HTTPS)) {
      throw IamError.INVALID_INPUT.because("Invalid Open ID Connect Provider URL");
    }
    IdentityProvider provider =
        new IdentityProvider(
            url.substring(HTTPS.length()),
            in.texts(CLIENT_IDS),
            in.texts(THUMBPRINTS),
            Optional.empty(),
            IamParameters.tags(in),
            iam.now());
    String arn = provider.arn(caller.owner().account());
    iam.change(
        caller,
        "CreateOpenIDConnectProvider",
        arn,
        provider.tags(),
        before -> IdentityProviders.create(before, provider));
    return xml -> {
      xml.element("OpenIDConnectProviderArn", arn);
      IamXml.tags(xml, provider.tags());
    };
  }

  private Answer get(Call call, Parameters in) {
    Account account = iam.read(call.caller(), "GetOpenIDConnectProvider", in.text(ARN));
    IdentityProvider provider = Iam.found(() -> IdentityProviders.require(account, in.text(ARN)));
    return xml -> {
      xml.element("Url", provider.url())
          .texts("ClientIDList", provider.clientIds())
          .texts("ThumbprintList", provider.thumbprints())
          .element("CreateDate", provider.created().toString());
      IamXml.tags(xml, provider.tags());
    };
  }

  private Answer list(Call call, Parameters in) {
    Caller caller = call.caller();
    Account account =
        iam.read(
            caller,
            "ListOpenIDConnectProviders",
            "arn:aws:iam::" + caller.owner().account() + ":oidc-provider/*");
    return xml ->
        xml.list(
            "OpenIDConnectProviderList",
            account.providers(),
            provider -> xml.element("Arn", provider.arn(account.id())));
  }

  private Answer delete(Call call, Parameters in) {
    iam.change(
        call.caller(),
        "DeleteOpenIDConnectProvider",
        in.text(ARN),
        before -> IdentityProviders.delete(before, in.text(ARN)));
    return Answer.NOTHING;
  }

  private Answer addClientId(Call call, Parameters in) {
    iam.change(
        call.caller(),
        "AddClientIDToOpenIDConnectProvider",
        in.text(ARN),
        before -> IdentityProviders.addClientId(before, in.text(ARN), in.text(CLIENT_ID)));
    return Answer.NOTHING;
  }

  private Answer removeClientId(Call call, Parameters in) {
    iam.change(
        call.caller(),
        "RemoveClientIDFromOpenIDConnectProvider",
        in.text(ARN),
        before -> IdentityProviders.removeClientId(before, in.text(ARN), in.text(CLIENT_ID)));
    return Answer.NOTHING;
  }

  private Answer updateThumbprints(Call call, Parameters in) {
    iam.change(
        call.caller(),
        "UpdateOpenIDConnectProviderThumbprint",
        in.text(ARN),
        before -> IdentityProviders.updateThumbprints(before, in.text(ARN), in.texts(THUMBPRINTS)));
    return Answer.NOTHING;
  }
}
