package org.ostraka.model.error;

/** The error for an item that is part of a transaction in progress. */
public final class TransactionConflictException extends ApiException {
  private static final long serialVersionUID = 1;

  public TransactionConflictException() {
    super("Transaction is ongoing for the item");
  }

  @Override
  public Origin origin() {
    return Origin.SERVICE;
  }
}
