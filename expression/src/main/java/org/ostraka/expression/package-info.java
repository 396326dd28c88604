/**
 * DynamoDB's expressions: text becomes a tree, a tree and an item become an answer. Pure: no clock,
 * no store, no JSON. Errors are those of the service, without what an operation puts before them.
 */
@NullMarked
package org.ostraka.expression;

import org.jspecify.annotations.NullMarked;
