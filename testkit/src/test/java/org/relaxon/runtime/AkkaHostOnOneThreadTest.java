package org.relaxon.runtime;

import org.relaxon.runtime.actor.AkkaHost;

class AkkaHostOnOneThreadTest extends AkkaHostContract {
    @Override
    public Host newHost() {
        return new AkkaHost(1);
    }
}
