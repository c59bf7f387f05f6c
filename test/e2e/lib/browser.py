# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium, driven over its debugging pipe (DevTools protocol:
JSON messages that end in a NUL, on descriptors 3 and 4), so that nothing but
the browser itself is needed. No name resolves in it and every request is
recorded, so a page that asks for something outside is found out."""

import base64
import fcntl
import json
import os
import pathlib
import select
import shutil
import subprocess
import time

NAMES = ('chromium', 'chromium-browser', 'google-chrome')
FLAGS = ('--headless=new', '--no-sandbox', '--remote-debugging-pipe',
         '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
         '--disable-background-networking', '--disable-component-update',
         '--disable-extensions', '--disable-sync', '--hide-scrollbars',
         '--host-resolver-rules=MAP * ~NOTFOUND',
         '--force-color-profile=srgb')
ANSWER_SECONDS = 120


def program():
    """The browser of this machine, or None."""
    return next((p for p in map(shutil.which, NAMES) if p), None)


class Failed(Exception):
    """The browser died, refused a command or does not answer."""


def pipes():
    """Two pipes whose ends all lie above 9, clear of 3 and 4."""
    ends = []
    for fd in os.pipe() + os.pipe():
        ends.append(fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(fd)
    return ends


class Browser:
    """Use as a context manager; `folder` receives its profile and log."""

    def __init__(self, folder):
        child_in, self.out, self.inp, child_out = pipes()

        def hand_over():
            os.dup2(child_in, 3)
            os.dup2(child_out, 4)

        self.log = os.path.join(folder, 'browser.log')
        home = os.path.join(folder, 'browser')
        os.makedirs(home, exist_ok=True)
        with open(self.log, 'wb') as log:
            self.child = subprocess.Popen(
                [program(), *FLAGS, '--user-data-dir=' + home, 'about:blank'],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=hand_over, pass_fds=(3, 4),
                env={**os.environ, 'HOME': home, 'XDG_CONFIG_HOME': home,
                     'XDG_CACHE_HOME': home})
        os.close(child_in)
        os.close(child_out)
        self.buffer, self.last, self.events = b'', 0, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call('Browser.close')
        except Failed:
            pass
        os.close(self.out)
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        os.close(self.inp)

    def receive(self, until):
        """The next message of the browser."""
        while b'\0' not in self.buffer:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.inp], [], [], left)[0]:
                raise Failed('the browser does not answer')
            more = os.read(self.inp, 1 << 20)
            if not more:
                raise Failed('the browser ended: see ' + self.log)
            self.buffer += more
        one, self.buffer = self.buffer.split(b'\0', 1)
        return json.loads(one)

    def call(self, method, session=None, **params):
        """Sends a command; returns its result. Events are kept."""
        self.last += 1
        message = {'id': self.last, 'method': method, 'params': params}
        if session:
            message['sessionId'] = session
        try:
            os.write(self.out, json.dumps(message).encode() + b'\0')
        except OSError as e:
            raise Failed(f'the browser is gone: {e}') from e
        until = time.monotonic() + ANSWER_SECONDS
        while True:
            got = self.receive(until)
            if got.get('id') == self.last:
                break
            if 'method' in got:
                self.events.append(got)
        if 'error' in got:
            raise Failed(f'{method}: {got["error"]}')
        return got['result']

    def wait(self, session, name):
        """Waits for an event of a session."""
        until = time.monotonic() + ANSWER_SECONDS
        while not any(e['method'] == name and e.get('sessionId') == session
                      for e in self.events):
            got = self.receive(until)
            if 'method' in got:
                self.events.append(got)


class Tab:
    """One page, loaded from a file. `width` and `height` in CSS pixels."""

    def __init__(self, browser, path, *, width=1400, height=800, dark=False,
                 media='screen', scripts=True):
        self.browser = browser
        target = browser.call('Target.createTarget', url='about:blank')
        self.target = target['targetId']
        self.session = browser.call('Target.attachToTarget', flatten=True,
                                    targetId=self.target)['sessionId']
        for domain in ('Page', 'Runtime', 'Log', 'Network'):
            self.call(domain + '.enable')
        self.call('Emulation.setScriptExecutionDisabled', value=not scripts)
        self.show(width, height, dark, media)
        self.url = pathlib.Path(path).absolute().as_uri()
        self.call('Page.navigate', url=self.url)
        browser.wait(self.session, 'Page.loadEventFired')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.browser.call('Target.closeTarget', targetId=self.target)
        self.browser.events = []

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def show(self, width, height, dark=False, media='screen'):
        """Sets the size, the scheme and the medium."""
        self.call('Emulation.setDeviceMetricsOverride', width=width,
                  height=height, deviceScaleFactor=1, mobile=width < 500)
        self.call('Emulation.setEmulatedMedia', media=media, features=[
            {'name': 'prefers-color-scheme',
             'value': 'dark' if dark else 'light'}])

    def run(self, expression):
        """The value of a JavaScript expression in the page."""
        got = self.call('Runtime.evaluate', expression=expression,
                        returnByValue=True)
        if 'exceptionDetails' in got:
            raise Failed(str(got['exceptionDetails'])[:500])
        return got['result'].get('value')

    def mine(self, name):
        return [e['params'] for e in self.browser.events
                if e['method'] == name and e.get('sessionId') == self.session]

    def complaints(self):
        """What the console got: errors, warnings, exceptions."""
        said = [e['entry']['text'] for e in self.mine('Log.entryAdded')
                if e['entry']['level'] in ('error', 'warning')]
        said += [str(e['args'])[:200]
                 for e in self.mine('Runtime.consoleAPICalled')
                 if e['type'] in ('error', 'warning', 'assert')]
        return said + [e['exceptionDetails']['text']
                       for e in self.mine('Runtime.exceptionThrown')]

    def requests(self):
        """What was asked for beside the page itself."""
        urls = [e['request']['url']
                for e in self.mine('Network.requestWillBeSent')]
        return [u for u in urls if u != self.url]

    def picture(self, path, whole=True):
        """A screenshot, of the whole page or of the first screen."""
        got = self.call('Page.captureScreenshot', format='png',
                        captureBeyondViewport=whole,
                        **({'clip': self.area()} if whole else {}))
        with open(path, 'wb') as f:
            f.write(base64.b64decode(got['data']))

    def area(self):
        size = self.call('Page.getLayoutMetrics')['cssContentSize']
        return {'x': 0, 'y': 0, 'width': size['width'],
                'height': min(size['height'], 12000), 'scale': 1}

    def pdf(self, path):
        got = self.call('Page.printToPDF', preferCSSPageSize=True)
        with open(path, 'wb') as f:
            f.write(base64.b64decode(got['data']))
