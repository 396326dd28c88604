/** The vocabulary of DynamoDB: values, items, keys, names and descriptions, all immutable. */
@NullMarked
package org.ostraka.model;

import org.jspecify.annotations.NullMarked;
