"""The live channel: a websocket that decodes z while the hand moves, and binary routes for what is big and stays.

protocol    bytes <-> requests: every bound is checked before anything is built from what came
connection  one websocket: reads on while replies are under way, sends one reply at a time
places      places of a map to codes and back, beside the decoder
decoder     requests that wait together are decoded together, in one worker thread
batch       the batch itself: z -> uint8 images, and back; PyTorch is imported here, in that thread
limits      how many requests and images may wait
long_reads  reads that take seconds: for our own pages, one at a time for each client
reads       columns, points and originals as bytes, read in threads and remembered
thumbnails  sprite sheets of the images behind a map's points
journals    what a page that watches a run reads of its journal
modules     our ES modules by name, and the version in their addresses
access      the guard in front of every route: which Host, which Origin and which site may ask
addresses   what lies below the path that the app is served under
response_headers  headers of every answer: who may frame it, what a page may load and run
uploads     files are taken where a page asks for some
lost_sessions  a browser that comes back to a new session: its address before its first act
idle_connections  connections that ask for nothing are closed, and as many are allowed as can be
said_once   a log that repeats nothing
routes      the table of routes
redirects   addresses of pages that do not exist
pages       the document that a page's address opens
incidents   unexpected failures: the log has the story, the person an id
startup     what happens once, beside the first seconds of serving

No Streamlit here, and nothing heavy is imported before it is needed.
"""
