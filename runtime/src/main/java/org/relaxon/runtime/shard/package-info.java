/** The cells of a session between two runs, in shards, and the tasks that run on them. */
@Internal
package org.relaxon.runtime.shard;

import org.relaxon.model.Internal;
