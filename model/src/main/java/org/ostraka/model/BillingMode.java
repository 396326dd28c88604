package org.ostraka.model;

/** The ways to charge a table's capacity, in the words of the API. */
public enum BillingMode {
  PROVISIONED,
  PAY_PER_REQUEST
}
