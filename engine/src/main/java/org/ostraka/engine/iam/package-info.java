/** The way of IAM's and STS's operations to the directory: permission is judged here. */
@NullMarked
package org.ostraka.engine.iam;

import org.jspecify.annotations.NullMarked;
