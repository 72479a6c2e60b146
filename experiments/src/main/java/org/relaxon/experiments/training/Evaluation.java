package org.relaxon.experiments.training;

/**
 * One point of a learning curve.
 *
 * @param step changes of the weights made so far
 * @param epochs examples seen, in epochs
 * @param trainLoss mean loss on a fixed part of the training set
 * @param trainAccuracy share of it classified rightly
 * @param testLoss mean loss on the test set
 * @param testAccuracy share of it classified rightly; what does not settle is wrong
 * @param unsettled examples of both that did not settle; they are in no loss
 * @param cosine between the local update of a fixed minibatch and backprop; NaN if there is none
 */
public record Evaluation(
        long step,
        double epochs,
        double trainLoss,
        double trainAccuracy,
        double testLoss,
        double testAccuracy,
        int unsettled,
        double cosine) {}
