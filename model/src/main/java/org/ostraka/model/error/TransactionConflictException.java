package org.ostraka.model.error;

/** A transaction is at the item. */
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
