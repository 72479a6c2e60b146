package org.relaxon.tools.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.Ran;

/** The values of axes are read before anything starts. */
class SweptValuesTest {
    private static final String TRAININGS =
            "sweep --quiet --data two-moons --layers 2,4,2 --examples 8 --test-examples 8"
                    + " --batch 4 --epochs 1 --seeds 1 ";

    /** The first value is one that would run, the second is none at all. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optimiser=sgd,adm | optimiser: \"adm\" is not one of sgd, momentum[:MU], adam",
                "schedule=phased,often | schedule: \"often\"",
                "motion=still,walk | motion: \"walk\"",
                "unsettled=drop,keep | \"keep\" is not one of fail, drop, continue",
                "activation=tanh,thn | activation: \"thn\" is not one of",
                "loss=squared,square | loss: \"square\" is not one of",
                "algorithm=pc-nudge,epp | algorithm: \"epp\" is not one of",
                "rate=1e-3,abc | rate: need a finite number > 0, got abc",
                "rate=1e-3,0 | rate: need a finite number > 0, got 0",
                "rate=1e-3,NaN | rate: need a finite number > 0, got NaN",
                "rate-decay=1,1.1 | rate-decay: need a number > 0 and <= 1, got 1.1",
                "weight-decay=0,-1 | weight-decay: need a finite number >= 0, got -1",
                "update-probability=1,NaN | update-probability: need a number > 0 and <= 1, got NaN",
                "in-flight=1,0 | in-flight: need a whole number of 1 to 999999999, got 0",
                "beta=1e-3,abc | beta: need a finite number > 0, got abc",
                "beta=1e-3,0 | beta: need a finite number > 0, got 0",
                "drop=0,2 | drop: need a number >= 0 and < 1, got 2",
                "delay=none,often | delay: \"often\"",
                "discipline=eager,metronome | discipline: \"metronome\"",
            })
    void aMisspeltValueIsRefusedBeforeAnythingStarts(
            String axis, String message, @TempDir Path temp) {
        Path none = temp.resolve("none");
        Ran ran = relaxon(TRAININGS + "--axis " + axis + " --out " + none);

        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains(message), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertFalse(Files.exists(none), "nothing ran");
    }

    /** The twin: a value that only this training cannot have is a row. */
    @Test
    void aLegalValueThatDoesNotFitIsARow() throws IOException {
        JsonNode json = relaxon(TRAININGS + "--axis in-flight=1,99 --json -").json();

        assertEquals(2, json.get("runs").asInt());
        assertEquals(1, json.get("runsTrained").asInt());
    }

    /** Settlings and trainings refuse a strength in the same words. */
    @ParameterizedTest
    @CsvSource({"abc", "0", "-1", "1e999"})
    void aStrengthHasTheSameBoundsEverywhere(String value) {
        String axis = "--axis beta=1e-3," + value;
        Ran settled = relaxon("sweep --layers 3,4,2 --seeds 1 " + axis);

        assertEquals(2, settled.code(), settled.out());
        assertEquals(
                "relaxon: beta: need a finite number > 0, got " + value, settled.err().strip());
        assertEquals(settled.err(), relaxon(TRAININGS + axis).err());
    }

    @Test
    void incrementalPredictiveCodingIsAnAlgorithmOfTrainings() throws IOException {
        Ran ran = relaxon(TRAININGS + "--axis algorithm=ipc,pc --json -");
        assertEquals(0, ran.code(), ran.err());
        assertEquals(2, ran.json().get("runsTrained").asInt(), ran.out());
        Ran settled = relaxon("sweep --layers 3,4,2 --seeds 1 --axis algorithm=ipc,pc");
        assertEquals(2, settled.code(), settled.out());
        assertTrue(settled.err().contains("use relaxon train"), settled.err());
    }
}
