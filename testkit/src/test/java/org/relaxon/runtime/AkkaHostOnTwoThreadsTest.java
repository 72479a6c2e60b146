package org.relaxon.runtime;

import org.relaxon.runtime.actor.AkkaHost;

class AkkaHostOnTwoThreadsTest extends AkkaHostContract {
    @Override
    public Host newHost() {
        return new AkkaHost(2);
    }
}
