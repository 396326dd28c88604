package org.ostraka.model.error;

/** The error for a token whose transaction is still being carried out. */
public final class TransactionInProgressException extends ApiException {
  private static final long serialVersionUID = 1;

  public TransactionInProgressException() {
    super("Transaction from previous request is still in progress");
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
