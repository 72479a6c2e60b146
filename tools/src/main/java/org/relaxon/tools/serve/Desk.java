package org.relaxon.tools.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** What the page shows and changes. All methods may be called by several threads. */
public interface Desk {
    /** {@return all that the page shows except frames, as JSON} */
    String state();

    /** {@return the frames kept so far, as a JSON array} */
    String frames();

    /** {@return the names of the changes that a page can request} */
    Set<String> actions();

    /**
     * Makes one change.
     *
     * @param action one of {@link #actions}
     * @param request its arguments, an object
     * @throws IllegalArgumentException if an argument is wrong, in one line for display
     */
    void act(String action, JsonNode request);
}
