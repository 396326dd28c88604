package org.ostraka.model;

/** How far an export or import is. */
public enum TransferStatus {
  IN_PROGRESS,
  COMPLETED,
  CANCELLING,
  CANCELLED,
  FAILED
}
