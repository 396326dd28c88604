package org.ostraka.benchmarks;

/** One turn of every kind of load, close in time, so that they can be compared. Immutable. */
record Round(Measurement sync, Measurement oneClient, Measurement manyClients, Measurement hotKey) {

  double manyClientsRatio() {
    return manyClients.requestsPerSecond() / oneClient.requestsPerSecond();
  }

  double hotKeyRatio() {
    return hotKey.requestsPerSecond() / oneClient.requestsPerSecond();
  }
}
