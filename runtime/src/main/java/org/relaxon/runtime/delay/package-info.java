/** How long signals travel: models, their text form, factories of a user's own. */
package org.relaxon.runtime.delay;
