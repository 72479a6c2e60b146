package org.relaxon.experiments.certificate;

/** Which energy the cells minimise; decides the map that is linearised. */
enum EnergyFamily {
    /** Predictive coding: 1/2 sum |x - f(a)|^2. */
    DIVERGENCE_SQUARED,
    /** Predictive coding with Fenchel-Young divergences: sum G(x) + G*(a) - x a. */
    DIVERGENCE_FENCHEL_YOUNG,
    /** Layered Hopfield energy: sum G(s) - s (W s_pre + b), with G' the inverse of f. */
    HOPFIELD,
    /** No loop: predictions and slopes stay frozen at the feedforward pass. */
    DATAFLOW;
}
