/**
 * DynamoDB's dialect of PartiQL: a statement's text becomes a tree, made of the same conditions,
 * paths and updates as those of expressions; what the tree asks of keys becomes a plan. Pure.
 */
@NullMarked
package org.ostraka.expression.partiql;

import org.jspecify.annotations.NullMarked;
