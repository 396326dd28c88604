package org.ostraka.server.query;

import org.ostraka.engine.iam.Iam;

/** The operations of IAM: "Actions" in the IAM API Reference. Stateless. */
public final class IdentityService {
  private static final String SCOPE = "iam";
  private static final String VERSION = "2010-05-08";

  private IdentityService() {}

  /** Makes the service. */
  public static QueryService over(Iam iam) {
    QueryService.Builder builder = new QueryService.Builder(SCOPE, VERSION);
    UserOperations.addTo(builder, iam);
    AccessKeyOperations.addTo(builder, iam);
    GroupOperations.addTo(builder, iam);
    RoleOperations.addTo(builder, iam);
    IdentityPolicyOperations.addTo(builder, iam);
    ManagedPolicyOperations.addTo(builder, iam);
    ProviderOperations.addTo(builder, iam);
    SimulationOperations.addTo(builder, iam);
    return builder.build();
  }
}
