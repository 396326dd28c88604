package org.ostraka.server;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.ostraka.engine.cloudwatch.CloudWatch;
import org.ostraka.engine.iam.WebIdentityTokens;
import org.ostraka.engine.metric.UserErrors;
import org.ostraka.model.Region;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.auth.UnsignedRequests;
import org.ostraka.server.config.OidcSettings;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.http.HttpEndpoint;
import org.ostraka.server.http.ProtocolEndpoints;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.query.QueryEndpoint;
import org.ostraka.server.query.RecordedCalls;
import org.ostraka.server.region.RegionEndpoint;
import org.ostraka.server.webidentity.SignedTokens;
import org.ostraka.server.wire.LoadControl;
import org.ostraka.server.wire.Services;
import org.ostraka.server.wire.cloudwatch.CloudWatchEndpoint;
import org.ostraka.server.work.HeavyWork;

/**
 * Composes what answers requests: all services on one port, and other regions. Each is behind the
 * verification of signatures.
 */
record Endpoints(
    ServerSettings settings,
    DirectoryParts principals,
    Clock clock,
    HeavyWork heavy,
    LoadControl load,
    UserErrors errors,
    FailureLimits failures) {

  /** Returns what answers the requests of all. */
  HttpEndpoint compose(
      Services services,
      CloudWatch metrics,
      RegionParts regions,
      Auditing auditing,
      StoreHealth health) {
    return new ProtocolEndpoints(
        List.of(
            new RegionEndpoint(
                regions.own(),
                regions.report(),
                certificatesToo(authentication(Set.of())),
                regions.connections()::principals,
                regions.executor(),
                clock),
            new CloudWatchEndpoint(
                metrics,
                new RecordedCalls(
                    certificatesToo(authentication(settings.regions())), auditing.recording()),
                load,
                UUID::randomUUID),
            new QueryEndpoint(
                principals.services(clock, webIdentityTokens()),
                authentication(Set.of()),
                new UnsignedRequests(failures),
                UUID::randomUUID,
                auditing.recording())),
        new ApiEndpoint(
            services,
            settings,
            certificatesToo(authentication(settings.regions())),
            auditing,
            errors,
            health));
  }

  private Authentication certificatesToo(Authentication signed) {
    return principals
        .certificates()
        .map(file -> Authentication.withCertificates(file.holders(), signed, clock))
        .orElse(signed);
  }

  private WebIdentityTokens webIdentityTokens() {
    OidcSettings oidc = settings.principals().oidc();
    return new SignedTokens(oidc.keyFiles(), oidc.trust(), clock);
  }

  /**
   * Returns what verifies signatures.
   *
   * @param regions those that requests may be for; every region if it is empty
   */
  private Authentication authentication(Set<Region> regions) {
    return Authentication.of(
        principals.keys(), settings.accounts(), regions, clock, heavy, failures);
  }
}
