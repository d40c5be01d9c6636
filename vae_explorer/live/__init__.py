"""The live channel: a websocket that decodes z while the hand moves, and binary routes for what is big and stays.

    protocol     bytes <-> requests: every bound is checked before anything is built from what came
    connection   one websocket: reads on while replies are under way, sends one reply at a time
    charting     places of a map to codes and back, and how lonely they are, beside the decoder
    batching     requests that wait together are decoded together, in slices, in one worker thread
    decoding     the batch itself: z -> uint8 images, and back; PyTorch is imported here, in that thread, at first use
    limits       how many requests and images may wait
    reading      columns, points and originals as bytes, read in threads and remembered
    modules      our ES modules by name, and the version in their addresses
    access       which Host and Origin may ask
    routes       the table of routes; redirects and pages: addresses of pages that do not exist
    startup      what happens once, beside the first seconds of serving

No Streamlit here, and nothing heavy is imported before it is needed.
"""
