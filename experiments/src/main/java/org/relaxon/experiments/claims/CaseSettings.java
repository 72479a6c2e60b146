package org.relaxon.experiments.claims;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.cell.Granularity;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayModel;

/** The point of a plan's grid that one case stands at. */
record CaseSettings(Algorithm algorithm, Host host, Granularity granularity, DelayModel delay) {}
