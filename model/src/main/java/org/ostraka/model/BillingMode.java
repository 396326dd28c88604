package org.ostraka.model;

/** How a table's capacity is charged, in the words of the API. */
public enum BillingMode {
  PROVISIONED,
  PAY_PER_REQUEST
}
