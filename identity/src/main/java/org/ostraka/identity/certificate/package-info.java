/** Client certificates, and the users and roles that they stand for. */
@NullMarked
package org.ostraka.identity.certificate;

import org.jspecify.annotations.NullMarked;
