package org.relaxon.runtime.cluster;

/** What a head may ask of the shard of a node. */
enum Task {
    /** Make cells and their actors. */
    OPEN,
    /** {@link org.relaxon.runtime.shard.Shard#count}. */
    COUNT,
    /** {@link org.relaxon.runtime.shard.Shard#keepShared}. */
    KEEP_SHARED,
    /** {@link org.relaxon.runtime.shard.Shard#addShared}. */
    ADD_SHARED,
    /** {@link org.relaxon.runtime.shard.Shard#takeShared}. */
    TAKE_SHARED,
    /** {@link org.relaxon.runtime.shard.Shard#lowerThreshold}. */
    LOWER_THRESHOLD,
    /** {@link org.relaxon.runtime.shard.Shard#refine}. */
    REFINE,
    /** {@link org.relaxon.runtime.shard.Shard#work}. */
    WORK,
    /** {@link org.relaxon.runtime.shard.Shard#save(String, boolean)}. */
    SAVE_STATE,
    /** {@link org.relaxon.runtime.shard.Shard#update}. */
    UPDATE,
    /** {@link org.relaxon.runtime.shard.Shard#isFinite}. */
    IS_FINITE,
    /** {@link org.relaxon.runtime.shard.Shard#prepare}. */
    PREPARE,
    /** {@link org.relaxon.runtime.shard.Shard#prepareMore}. */
    PREPARE_MORE,
    /** {@link org.relaxon.runtime.shard.Shard#learn(org.relaxon.model.plasticity.LearningStep)}. */
    LEARN_STEP,
    /** {@link org.relaxon.runtime.shard.Shard#learn(double[], double)}. */
    LEARN,
    /** {@link org.relaxon.runtime.shard.Shard#present}. */
    PRESENT,
    /** {@link org.relaxon.runtime.shard.Shard#learnedAll}. */
    LEARNED_ALL,
    /** {@link org.relaxon.runtime.shard.Shard#haveFiniteWeights}. */
    FINITE_WEIGHTS,
    /** {@link org.relaxon.runtime.shard.Shard#save(org.relaxon.model.network.Parameters)}. */
    SAVE,
    /** {@link org.relaxon.runtime.shard.Shard#load}. */
    LOAD,
    /** {@link org.relaxon.runtime.shard.Shard#saveMemory}. */
    SAVE_MEMORY,
    /** {@link org.relaxon.runtime.shard.Shard#loadMemory}. */
    LOAD_MEMORY,
    /** {@link org.relaxon.runtime.actor.Traces#begin}. */
    BEGIN_TRACES,
    /** {@link org.relaxon.runtime.actor.Traces#counters}. */
    COUNTERS,
    /** {@link org.relaxon.runtime.actor.Traces#histograms}. */
    HISTOGRAMS,
    /** {@link org.relaxon.model.audit.AuditPart#publish}: a new audit begins. */
    PUBLISH,
    /** {@link org.relaxon.model.audit.AuditPart#recompute}. */
    RECOMPUTE,
    /** {@link org.relaxon.model.audit.AuditPart#defects}. */
    DEFECTS,
    /** {@link org.relaxon.model.audit.AuditPart#sweepUp}. */
    SWEEP_UP,
    /** {@link org.relaxon.model.audit.AuditPart#sweepBack}. */
    SWEEP_BACK,
    /** {@link org.relaxon.model.audit.AuditPart#sweepAgain}. */
    SWEEP_AGAIN,
    /** {@link org.relaxon.model.audit.AuditPart#publish} of a frame that is to be swept. */
    PUBLISH_SWEPT,
    /** {@link org.relaxon.model.audit.AuditPart#beginCyclic}. */
    BEGIN_CYCLIC,
    /** {@link org.relaxon.model.audit.AuditPart#passCyclic}. */
    PASS_CYCLIC,
    /** {@link org.relaxon.model.audit.AuditPart#addUnresolved}. */
    ADD_UNRESOLVED,
    /** {@link org.relaxon.model.audit.AuditPart#publishAnchor}. */
    PUBLISH_ANCHOR,
    /** {@link org.relaxon.model.audit.AuditPart#addEnergy}. */
    ADD_ENERGY,
    /** What the cells of an audit have to state beyond its frames and energies. */
    FINDINGS,
    /** Collect the heap before the session opens, for {@link #MEASURE}. */
    COLLECT,
    /** Collect it again; state what the cells take and do: {@link NodeUsage}. */
    MEASURE
}
