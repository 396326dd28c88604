package org.ostraka.model.scaling;

/** Returns the forecast of a predictive policy, which DynamoDB does not have. */
public final class GetPredictiveScalingForecast {
  private GetPredictiveScalingForecast() {}

  /** The request. Immutable. */
  public record Request(String name, TargetName target) {}

  /** The response, which is never given. Immutable. */
  public record Response() {}
}
