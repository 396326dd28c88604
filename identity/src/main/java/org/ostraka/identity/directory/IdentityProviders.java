package org.ostraka.identity.directory;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Changes of OpenID Connect providers. Each returns the account as it is afterwards, or refuses
 * with a {@link DirectoryException}. Stateless.
 */
public final class IdentityProviders {
  private static final Pattern URL = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?");
  private static final int URL_LENGTH = 255;
  private static final int CLIENT_ID_LENGTH = 255;
  private static final int THUMBPRINT_LENGTH = 40;

  private IdentityProviders() {}

  /** Adds a provider. */
  public static Account create(Account account, IdentityProvider provider) {
    if (provider.url().length() > URL_LENGTH || !URL.matcher(provider.url()).matches()) {
      throw DirectoryException.invalid("Invalid Open ID Connect Provider URL");
    }
    requireClientIds(provider.clientIds());
    requireThumbprints(provider.thumbprints());
    NameRules.requireTags(provider.tags());
    if (account.provider(provider.url()).isPresent()) {
      throw new DirectoryException(
          DirectoryException.Code.ENTITY_ALREADY_EXISTS,
          "Provider with url https://" + provider.url() + " already exists.");
    }
    Identities.requireRoom(
        account.providers().size(), "OpenIdConnectProvidersPerAccount", Quotas.PROVIDERS);
    return account.with(provider);
  }

  public static Account delete(Account account, String arn) {
    return account.without(require(account, arn).key());
  }

  /** Adds an audience; does nothing when the provider has it. */
  public static Account addClientId(Account account, String arn, String clientId) {
    IdentityProvider provider = require(account, arn);
    List<String> changed =
        Stream.concat(provider.clientIds().stream(), Stream.of(clientId)).distinct().toList();
    requireClientIds(changed);
    return account.with(provider.withClientIds(changed));
  }

  /** Removes an audience; does nothing when the provider does not have it. */
  public static Account removeClientId(Account account, String arn, String clientId) {
    IdentityProvider provider = require(account, arn);
    return account.with(
        provider.withClientIds(
            provider.clientIds().stream().filter(each -> !each.equals(clientId)).toList()));
  }

  public static Account updateThumbprints(Account account, String arn, List<String> thumbprints) {
    requireThumbprints(thumbprints);
    return account.with(require(account, arn).withThumbprints(thumbprints));
  }

  /**
   * Returns a provider.
   *
   * @throws DirectoryException when there is none with this ARN
   */
  public static IdentityProvider require(Account account, String arn) {
    return account.providers().stream()
        .filter(provider -> provider.arn(account.id()).equals(arn))
        .findFirst()
        .orElseThrow(() ->
            new DirectoryException(
                DirectoryException.Code.NO_SUCH_ENTITY,
                "OpenIDConnect Provider not found for arn " + arn));
  }

  private static void requireClientIds(List<String> ids) {
    if (ids.size() > Quotas.CLIENT_IDS_PER_PROVIDER) {
      throw DirectoryException.exceeded(
          "ClientIdsPerOpenIdConnectProvider", Quotas.CLIENT_IDS_PER_PROVIDER);
    }
    if (ids.stream().anyMatch(id -> id.isEmpty() || id.length() > CLIENT_ID_LENGTH)) {
      throw DirectoryException.invalid("A client ID has 1 to " + CLIENT_ID_LENGTH + " characters");
    }
  }

  private static void requireThumbprints(List<String> thumbprints) {
    if (thumbprints.size() > Quotas.THUMBPRINTS_PER_PROVIDER) {
      throw new DirectoryException(
          DirectoryException.Code.INVALID_INPUT,
          "Thumbprint list must contain fewer than "
              + (Quotas.THUMBPRINTS_PER_PROVIDER + 1)
              + " entries.");
    }
    if (thumbprints.stream().anyMatch(each -> each.length() != THUMBPRINT_LENGTH)) {
      throw DirectoryException.invalid(
          "A thumbprint has " + THUMBPRINT_LENGTH + " hexadecimal digits");
    }
  }
}
