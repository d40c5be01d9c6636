"""Streamlit: pages, components and their state. `st.` begins here and nowhere else.

page_table      PAGES: title, icon, script and address of each page
server_options  what the owner set of the server, as our routes need it
upload_session  files on their way: whether this session takes any, and how much is held of them
lost_session    what a new session and a browser that had another one say to each other
params          PARAMS: everything that is being looked at, as values that fit in a URL
value_checks    what values may be that come from a link, a widget or the browser
state           those values in the session, mirrored in the URL
scene           the chosen model and every choice that depends on it, made to fit
map_choice      which map is shown: the chosen one, or the one that explains most
map_figures     how far a map can be trusted, in words
seed_figures    figures over the seeds of a model, as mean, standard deviation and number
encoded_images  which images a model has encoded: only models of the same ones can be compared
model_change    what goes along when another model is looked at
border          the border that shows errors, around a page and each part that lives on its own
panels          pieces that pages share: the model bar, measured figures, the offer of a download
titles          models and units in words, and where the originals are
measured_columns  what was measured of many models, nlls that cannot be compared apart
page_title      what a page is called, in the tab and as its one heading
pending_line    how far a child process has come, beside its one button
pending_map     a map on its way: asked for, waited for, left
advice_list     what measured figures say of models, each sentence with a way to where it is seen
more_seeds      the offer to train a model again from other seeds
run_menu        what else is done with a run: name, note, copy, delete
actions         what was asked for is done, or refused in one sentence; then the page is looked at anew
train_link      the way to Train, with a data set in its form
unit_name_field     the field in which a person names a unit
widgets         small controls bound to a row of PARAMS
explanations    what the words of a label, figure or caption mean
welcome         the line that tells a newcomer what a page shows
words           words for the page, and text shown as it is
colour_choices  what the points of a map are coloured by
colour_field    the list of colours, and how many clusters k-means is to find
components      our own canvases, mounted by Streamlit
pages           straight scripts, one a page
explore         what stands below and beside the latent map
interpolate     the two ends of a path, and the path as a file
compare         models side by side
disentangle     which unit tells which factor
unit_card       one unit: what it draws, moves and means
train           runs: the form, the list, what is watched
library         all models and data sets of this machine, and what is dropped there
"""
