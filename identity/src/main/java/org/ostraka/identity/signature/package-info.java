/** Verifies the signatures of requests: AWS Signature Version 4, in headers and in queries. */
@NullMarked
package org.ostraka.identity.signature;

import org.jspecify.annotations.NullMarked;
