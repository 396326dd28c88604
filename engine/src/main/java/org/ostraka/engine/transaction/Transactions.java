package org.ostraka.engine.transaction;

/** What the operations on transactions share. Any thread. */
public record Transactions(RequestTokens tokens, TransactionConflicts conflicts) {}
