/**
 * DynamoDB's expressions: text is parsed into a tree, and a tree is evaluated on an item. Pure: no
 * clock, no store, no JSON. Errors are those of the service, without the prefix that an operation
 * adds.
 */
@NullMarked
package org.ostraka.expression;

import org.jspecify.annotations.NullMarked;
