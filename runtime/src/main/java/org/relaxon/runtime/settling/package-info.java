/** What all hosts share: sessions and pipelines over a runner, audits, verdicts. */
@Internal
package org.relaxon.runtime.settling;

import org.relaxon.model.Internal;
