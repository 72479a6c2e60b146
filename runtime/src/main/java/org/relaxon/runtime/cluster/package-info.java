/**
 * The host whose cells are on several machines: an Akka cluster of nodes, each of which holds a
 * shard of a session, and a head that opens sessions, coordinates and judges.
 */
@Internal
package org.relaxon.runtime.cluster;

import org.relaxon.model.Internal;
