/** Certificates for tests, made when they are needed, so that none expires in the repository. */
@NullMarked
package org.ostraka.testkit.certificate;

import org.jspecify.annotations.NullMarked;
